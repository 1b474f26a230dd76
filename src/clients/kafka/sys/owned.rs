//! Objects of librdkafka that are ours to free.

use std::ptr::NonNull;

use rdkafka::bindings::*;

use super::Refusal;

/// A type of librdkafka with a function that frees it.
///
/// # Safety
///
/// `destroy` frees an object of this type, and may be called on any thread.
pub(super) unsafe trait Native {
    /// Frees `object`.
    ///
    /// # Safety
    ///
    /// `object` is live, owned by the caller, and not used again.
    unsafe fn destroy(object: *mut Self);
}

macro_rules! native {
    ($($object:ty => $destroy:path),* $(,)?) => {
        $(
            // SAFETY: librdkafka documents the function as the one that frees the type.
            unsafe impl Native for $object {
                unsafe fn destroy(object: *mut Self) {
                    // SAFETY: the caller owns the object and hands it over.
                    unsafe { $destroy(object) }
                }
            }
        )*
    };
}

native! {
    rd_kafka_queue_t => rd_kafka_queue_destroy,
    rd_kafka_topic_t => rd_kafka_topic_destroy,
    rd_kafka_headers_t => rd_kafka_headers_destroy,
    rd_kafka_event_t => rd_kafka_event_destroy,
    rd_kafka_error_t => rd_kafka_error_destroy,
    rd_kafka_AdminOptions_t => rd_kafka_AdminOptions_destroy,
    rd_kafka_topic_partition_list_t => rd_kafka_topic_partition_list_destroy,
    rd_kafka_consumer_group_metadata_t => rd_kafka_consumer_group_metadata_destroy,
    rd_kafka_NewTopic_t => rd_kafka_NewTopic_destroy,
    rd_kafka_DeleteTopic_t => rd_kafka_DeleteTopic_destroy,
    rd_kafka_ConfigResource_t => rd_kafka_ConfigResource_destroy,
    rd_kafka_DeleteRecords_t => rd_kafka_DeleteRecords_destroy,
    rd_kafka_DeleteGroup_t => rd_kafka_DeleteGroup_destroy,
    rd_kafka_ListConsumerGroupOffsets_t => rd_kafka_ListConsumerGroupOffsets_destroy,
    rd_kafka_AlterConsumerGroupOffsets_t => rd_kafka_AlterConsumerGroupOffsets_destroy,
    rd_kafka_DeleteConsumerGroupOffsets_t => rd_kafka_DeleteConsumerGroupOffsets_destroy,
    rd_kafka_AclBinding_t => rd_kafka_AclBinding_destroy,
    rd_kafka_UserScramCredentialAlteration_t => rd_kafka_UserScramCredentialAlteration_destroy,
    rd_kafka_NewPartitions_t => rd_kafka_NewPartitions_destroy,
}

/// An object of librdkafka that is freed when this is dropped. It has the layout of a pointer, so
/// that a `Vec` of them is the array of pointers that librdkafka takes.
#[repr(transparent)]
pub(super) struct Owned<T: Native>(NonNull<T>);

impl<T: Native> Owned<T> {
    /// Takes over `object`; none where it is null.
    ///
    /// # Safety
    ///
    /// `object` is null, or live and freed by nobody else.
    pub(super) unsafe fn take(object: *mut T) -> Option<Owned<T>> {
        NonNull::new(object).map(Owned)
    }

    /// Takes over what `make` returns, a call that may fail and then says why in the buffer it is
    /// given.
    ///
    /// # Safety
    ///
    /// As for [`Owned::take`].
    pub(super) unsafe fn make(
        make: impl FnOnce(*mut std::ffi::c_char, usize) -> *mut T,
    ) -> Result<Owned<T>, Refusal> {
        let (object, why) = super::read::with_reason(make);
        // SAFETY: the caller vouches for the object.
        unsafe { Owned::take(object) }.ok_or_else(|| Refusal::argument(why))
    }

    /// The pointer, for calls that leave the object to us.
    pub(super) fn as_ptr(&self) -> *mut T {
        self.0.as_ptr()
    }
}

impl<T: Native> Drop for Owned<T> {
    fn drop(&mut self) {
        // SAFETY: `take` made us the only owner, and nothing uses the object after its drop.
        unsafe { T::destroy(self.0.as_ptr()) }
    }
}

/// Objects as the array of pointers that librdkafka reads; they stay ours.
pub(super) fn array<T: Native>(objects: &mut [Owned<T>]) -> *mut *mut T {
    objects.as_mut_ptr().cast()
}
