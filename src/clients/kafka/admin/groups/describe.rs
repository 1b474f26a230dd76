//! What a group does, where it is kept, and who its members are.

use std::time::Duration;

use rdkafka::consumer::Consumer;
use rdkafka::groups::GroupInfo;

use super::ListedGroup;
use super::assignment;
use super::list::pick;
use crate::clients::kafka::admin::Admin;
use crate::clients::kafka::sys;
use crate::clients::kafka::wait::declined;
use crate::context::Context;
use crate::error::Failure;

/// A consumer group with its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// As in [`ListedGroup`].
    pub state: Option<String>,
    /// As in [`ListedGroup`].
    pub kind: Option<&'static str>,
    /// How partitions are shared (`range`, …); none while nothing is shared.
    pub assignor: Option<String>,
    /// The broker that keeps the group; none where it is not told.
    pub coordinator: Option<Coordinator>,
    /// The members by client and id.
    pub members: Vec<Member>,
}

/// The broker that keeps a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coordinator {
    /// Its id in the cluster.
    pub id: i32,
    /// The host and the port that it advertises.
    pub address: String,
}

/// One member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The id that the broker gave it.
    pub id: String,
    /// What its client calls itself.
    pub client: String,
    /// Where its client is.
    pub host: String,
    /// The id that its owner gave it (KIP-345), where it is a static member and the broker tells.
    pub instance: Option<String>,
    /// The partitions that it reads, by topic and number.
    pub partitions: Vec<(String, i32)>,
}

impl Admin {
    /// The group `name` with its members.
    pub fn group(
        &self,
        context: &Context,
        name: &str,
        timeout: Duration,
    ) -> Result<Group, Failure> {
        let attempt = format!("describe group `{name}`");
        let listed = pick(&self.groups_for(context, (&attempt, timeout))?, name, &attempt)?;
        self.describe(context, &listed, (&attempt, timeout))
    }

    /// The group `listed`, which is there, for the sake of `attempt`.
    pub(super) fn describe(
        &self,
        context: &Context,
        listed: &ListedGroup,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Group, Failure> {
        let mut group = match listed.kind {
            Some(_) => self.describe_new(context, listed, (attempt, timeout))?,
            None => self.describe_old(context, listed, (attempt, timeout))?,
        };
        for member in &mut group.members {
            member.partitions.sort();
        }
        group.members.sort_by(|one, other| (&one.client, &one.id).cmp(&(&other.client, &other.id)));
        Ok(group)
    }

    fn describe_new(
        &self,
        context: &Context,
        listed: &ListedGroup,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Group, Failure> {
        let asked = sys::DescribeGroups { names: vec![listed.name.clone()] };
        let answer = self.ask_coordinator(context, asked, (attempt, timeout))?;
        let mut group =
            Group { name: listed.name.clone(), kind: listed.kind, ..Group::empty(listed) };
        for described in answer {
            let described = described.map_err(|refusal| declined(attempt, refusal))?;
            group.state = described.state.or(listed.state).map(str::to_owned);
            group.assignor = Some(described.assignor).filter(|assignor| !assignor.is_empty());
            group.coordinator = described
                .coordinator
                .map(|(id, host, port)| Coordinator { id, address: format!("{host}:{port}") });
            group.members = described.members.into_iter().map(Member::from).collect();
        }
        Ok(group)
    }

    /// For brokers before 3.8, which all groups are classic on.
    fn describe_old(
        &self,
        context: &Context,
        listed: &ListedGroup,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Group, Failure> {
        let name = listed.name.clone();
        let found = self.probe()?.ask(context, (attempt, timeout), move |client| {
            let list = client.fetch_group_list(Some(&name), timeout)?;
            Ok(list.groups().first().map(|group| read_old(&name, group)))
        })?;
        Ok(found.unwrap_or_else(|| Group::empty(listed)))
    }
}

impl Group {
    fn empty(listed: &ListedGroup) -> Group {
        Group {
            name: listed.name.clone(),
            state: listed.state.map(str::to_owned),
            kind: listed.kind,
            assignor: None,
            coordinator: None,
            members: Vec::new(),
        }
    }
}

impl From<sys::Membership> for Member {
    fn from(member: sys::Membership) -> Member {
        let sys::Membership { id, client, host, instance, partitions } = member;
        Member { id, client, host, instance, partitions }
    }
}

fn read_old(name: &str, group: &GroupInfo) -> Group {
    let member = |member: &rdkafka::groups::GroupMemberInfo| Member {
        id: member.id().to_owned(),
        client: member.client_id().to_owned(),
        host: member.client_host().to_owned(),
        instance: None,
        partitions: assignment::read(member.assignment().unwrap_or_default()).unwrap_or_default(),
    };
    Group {
        name: name.to_owned(),
        state: Some(group.state().to_owned()),
        kind: None,
        assignor: Some(group.protocol().to_owned()).filter(|assignor| !assignor.is_empty()),
        coordinator: None,
        members: group.members().iter().map(member).collect(),
    }
}
