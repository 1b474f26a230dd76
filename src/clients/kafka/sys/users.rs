//! Users of SASL/SCRAM (KIP-554).

use rdkafka::bindings::rd_kafka_ScramMechanism_t as Mechanism;
use rdkafka::bindings::rd_kafka_admin_op_t as Op;
use rdkafka::bindings::*;

use super::event::Event;
use super::owned::{Owned, array};
use super::read::{Lent, c_text};
use super::refusal::Refusal;
use super::run::{Call, Request};
use super::words::{self, Word};
use crate::settings::Secret;

/// The words for mechanisms.
pub const MECHANISMS: &[Word<Mechanism>] = &[
    ("SCRAM-SHA-256", Mechanism::RD_KAFKA_SCRAM_MECHANISM_SHA_256),
    ("SCRAM-SHA-512", Mechanism::RD_KAFKA_SCRAM_MECHANISM_SHA_512),
];

/// What a user can log in with: the mechanism, and how often the password is hashed.
pub type Credential = (Option<&'static str>, i32);

/// Lists users with what they can log in with.
pub struct DescribeUsers;

impl Request for DescribeUsers {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DESCRIBEUSERSCRAMCREDENTIALS;
    const LACK: &'static str = "SCRAM users";
    type Answer = Vec<(String, Result<Vec<Credential>, Refusal>)>;
    // librdkafka 2.12 lets the text of a broker's error point into its stack, and frees it later.
    const KEEPS_ERRORS: bool = true;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: no users stand for all; the other arguments live for the length of the call.
        unsafe {
            rd_kafka_DescribeUserScramCredentials(client, std::ptr::null_mut(), 0, options, queue);
        }
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal> {
        let result = event.result(rd_kafka_event_DescribeUserScramCredentials_result)?;
        let users = result.list(rd_kafka_DescribeUserScramCredentials_result_descriptions);
        Ok(users.into_iter().map(user).collect())
    }
}

fn user(
    user: Lent<'_, rd_kafka_UserScramCredentialsDescription_t>,
) -> (String, Result<Vec<Credential>, Refusal>) {
    let name = user.text(rd_kafka_UserScramCredentialsDescription_user).unwrap_or_default();
    let error = user.part(rd_kafka_UserScramCredentialsDescription_error);
    if let Some(refusal) = Refusal::lent(error) {
        return (name, Err(refusal));
    }
    let count = user.value(rd_kafka_UserScramCredentialsDescription_scramcredentialinfo_count);
    let credentials = (0..count).filter_map(|at| {
        // SAFETY: the user is live, the index below its count; the credential belongs to the user.
        let credential = unsafe {
            Lent::new(rd_kafka_UserScramCredentialsDescription_scramcredentialinfo(
                user.as_ptr(),
                at,
            ))
        }?;
        let mechanism = credential.value(rd_kafka_ScramCredentialInfo_mechanism);
        let iterations = credential.value(rd_kafka_ScramCredentialInfo_iterations);
        Some((words::of(MECHANISMS, mechanism), iterations))
    });
    (name, Ok(credentials.collect()))
}

/// Gives a user a password for a mechanism, or takes it away. The answer tells of the user.
pub struct AlterUser {
    /// The name of the user.
    pub name: String,
    /// One of [`MECHANISMS`].
    pub mechanism: &'static str,
    /// The password, and how often it is hashed; none to take it away.
    pub password: Option<(Secret, i32)>,
}

impl AlterUser {
    fn native(&self) -> Result<Owned<rd_kafka_UserScramCredentialAlteration_t>, Refusal> {
        let name = c_text(&self.name)?;
        let unknown = Mechanism::RD_KAFKA_SCRAM_MECHANISM_UNKNOWN;
        let mechanism = words::value(MECHANISMS, Some(self.mechanism), unknown);
        let made = match &self.password {
            // SAFETY: the name is live and gets copied; the object is new and ours.
            None => unsafe {
                Owned::take(rd_kafka_UserScramCredentialDeletion_new(name.as_ptr(), mechanism))
            },
            Some((password, iterations)) => {
                let password = password.expose().as_bytes();
                let (bytes, size) = (password.as_ptr(), password.len());
                let (no_salt, none) = (std::ptr::null(), 0);
                // SAFETY: as above, also for the password; without a salt librdkafka makes one.
                unsafe {
                    Owned::take(rd_kafka_UserScramCredentialUpsertion_new(
                        name.as_ptr(),
                        mechanism,
                        *iterations,
                        bytes,
                        size,
                        no_salt,
                        none,
                    ))
                }
            }
        };
        made.ok_or_else(|| Refusal::argument("librdkafka made no change of a user"))
    }
}

impl Request for AlterUser {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_ALTERUSERSCRAMCREDENTIALS;
    const LACK: &'static str = "SCRAM users";
    type Answer = ();

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let mut change = [self.native()?];
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe {
            rd_kafka_AlterUserScramCredentials(client, array(&mut change), 1, options, queue);
        }
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<(), Refusal> {
        let result = event.result(rd_kafka_event_AlterUserScramCredentials_result)?;
        for user in result.list(rd_kafka_AlterUserScramCredentials_result_responses) {
            let error = user.part(rd_kafka_AlterUserScramCredentials_result_response_error);
            if let Some(refusal) = Refusal::lent(error) {
                return Err(refusal);
            }
        }
        Ok(())
    }
}
