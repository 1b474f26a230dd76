//! Reading what librdkafka lends, and lending it texts.

use std::ffi::{CStr, CString, c_char};
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::slice;

use super::Refusal;

/// A getter of librdkafka for a value of the object `T`. It only reads, and what it answers with
/// belongs to the object that it was asked of.
type Getter<T, V> = unsafe extern "C" fn(*const T) -> V;

/// A getter of librdkafka for a list that the object `T` owns.
type ListGetter<T, E> = unsafe extern "C" fn(*const T, *mut usize) -> *mut *const E;

/// An object of librdkafka that belongs to another one and lives as long as that. A plain `&T`
/// would not do: to Rust these types have no size, so that a copy of one would look harmless.
pub(super) struct Lent<'a, T> {
    object: NonNull<T>,
    owner: PhantomData<&'a T>,
}

impl<T> Clone for Lent<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Lent<'_, T> {}

impl<'a, T> Lent<'a, T> {
    /// The object at `object`; none where that is null.
    ///
    /// # Safety
    ///
    /// `object` is null, or live and unchanged for `'a`.
    pub(super) unsafe fn new(object: *const T) -> Option<Lent<'a, T>> {
        NonNull::new(object.cast_mut()).map(|object| Lent { object, owner: PhantomData })
    }

    /// The pointer, for calls that only read.
    pub(super) fn as_ptr(self) -> *const T {
        self.object.as_ptr()
    }

    /// A plain value (number, enum).
    pub(super) fn value<V: Copy>(self, getter: Getter<T, V>) -> V {
        // SAFETY: the object is live, and the getter one for its type.
        unsafe { getter(self.as_ptr()) }
    }

    /// A text; none where it is null.
    pub(super) fn text(self, getter: Getter<T, *const c_char>) -> Option<String> {
        // SAFETY: as above; the text belongs to the object, and is copied.
        unsafe { copied(getter(self.as_ptr())) }
    }

    /// An object that belongs to this one; none where it is null.
    pub(super) fn part<P>(self, getter: Getter<T, *const P>) -> Option<Lent<'a, P>> {
        // SAFETY: as above; the part lives as long as the object.
        unsafe { Lent::new(getter(self.as_ptr())) }
    }

    /// The objects of a list that belongs to this one.
    pub(super) fn list<E>(self, getter: ListGetter<T, E>) -> Vec<Lent<'a, E>> {
        let mut count = 0;
        // SAFETY: the object is live, the getter one for its type, and `count` ours to write.
        let first = unsafe { getter(self.as_ptr(), &raw mut count) };
        if first.is_null() || count == 0 {
            return Vec::new();
        }
        // SAFETY: the array has `count` pointers to live elements, and belongs to the object.
        let elements = unsafe { slice::from_raw_parts(first, count) };
        // SAFETY: as above; an element that is null is left out.
        elements.iter().filter_map(|element| unsafe { Lent::new(*element) }).collect()
    }
}

/// A copy of `text`; none where it is null.
///
/// # Safety
///
/// `text` is null, or ends with a NUL and lives for the length of the call.
pub(super) unsafe fn copied(text: *const c_char) -> Option<String> {
    // SAFETY: the caller vouches for the text.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
}

/// `text` as librdkafka reads it.
pub(super) fn c_text(text: &str) -> Result<CString, Refusal> {
    CString::new(text).map_err(|_| Refusal::argument(format!("{text:?} has a NUL in it")))
}

/// What `call` returns, and what it writes into the buffer for reasons that it is given.
pub(super) fn with_reason<V>(call: impl FnOnce(*mut c_char, usize) -> V) -> (V, String) {
    let mut reason = [0_u8; 512];
    let value = call(reason.as_mut_ptr().cast(), reason.len());
    let reason = CStr::from_bytes_until_nul(&reason).map(CStr::to_string_lossy);
    (value, reason.map(std::borrow::Cow::into_owned).unwrap_or_default())
}
