//! New versions of schemas are looked for while messages go on: one subject at a time, and only for
//! topics with messages.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use super::schemas::Schemas;
use super::slot::Slot;
use crate::clients::registry::Registry;
use crate::context::Context;

/// Topics whose schema may have changed.
#[derive(Default)]
pub struct Queue {
    slots: VecDeque<Arc<Slot>>,
    served: bool,
}

impl Schemas {
    /// Sees to it that a new version of the schema of `slot` is found before long; does not wait.
    #[inline]
    pub fn keep_fresh(
        self: &Arc<Self>,
        context: &Context,
        registry: &Arc<Registry>,
        slot: &Arc<Slot>,
    ) {
        if self.now() >= slot.due.load(Ordering::Relaxed)
            && !slot.queued.swap(true, Ordering::Relaxed)
        {
            self.enqueue(context, registry, slot.clone());
        }
    }

    #[cold]
    fn enqueue(self: &Arc<Self>, context: &Context, registry: &Arc<Registry>, slot: Arc<Slot>) {
        let Ok(runtime) = context.runtime() else { return };
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.slots.push_back(slot);
        if !std::mem::replace(&mut queue.served, true) {
            let (schemas, registry) = (self.clone(), registry.clone());
            runtime.spawn_blocking(move || schemas.serve(&registry));
        }
    }

    /// Looks for new versions until nobody waits for one. A registry that does not answer is left
    /// alone until the next time.
    fn serve(&self, registry: &Registry) {
        let mut answers = true;
        loop {
            let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(slot) = queue.slots.pop_front() else {
                queue.served = false;
                return;
            };
            drop(queue);
            if answers {
                answers = self.look(registry, &slot, &mut slot.state()).is_ok();
            }
            self.put_off(&slot);
            slot.queued.store(false, Ordering::Relaxed);
        }
    }

    /// Nobody looks for a new version until a while from now.
    pub(super) fn put_off(&self, slot: &Slot) {
        let pause = self.options.refresh.as_millis() as u64;
        slot.due.store(self.now().saturating_add(pause), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        self.since.elapsed().as_millis() as u64
    }
}
