//! One test on every kind of server.

/// Tests that hold on the embedded stack and on real servers: each `fn NAME(stack: &Stack) { … }`
/// becomes the tests `NAME::embedded` and `NAME::real` (Kafka and Apicurio of the bed).
///
/// Real servers are shared: name with `stack.name("orders")`, list with `--filter`, leave
/// cluster-wide settings as they were.
macro_rules! on_each_stack {
    ($($(#[$meta:meta])* fn $name:ident($stack:ident: &Stack) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a test may need nothing of its file")]
            use super::*;

            fn check($stack: &$crate::support::Stack) $body

            #[test]
            fn embedded() {
                check(&$crate::support::Stack::new());
            }

            #[test]
            fn real() {
                $crate::support::Bed::run(|bed| check(&bed.stack()));
            }
        }
    )+};
}

/// Tests that hold with every registry: each `fn NAME(stack: &Stack) { … }` becomes the tests
/// `NAME::embedded`, `NAME::apicurio` and `NAME::franz`; the latter two with real Kafka.
macro_rules! on_each_registry {
    ($($(#[$meta:meta])* fn $name:ident($stack:ident: &Stack) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a test may need nothing of its file")]
            use super::*;

            fn check($stack: &$crate::support::Stack) $body

            #[test]
            fn embedded() {
                check(&$crate::support::Stack::new());
            }

            #[test]
            fn apicurio() {
                $crate::support::Bed::run(|bed| check(&bed.with_registry("APICURIO")));
            }

            #[test]
            fn franz() {
                $crate::support::Bed::run(|bed| check(&bed.with_registry("FRANZ")));
            }
        }
    )+};
}

/// Tests of real servers only: each `fn NAME(bed: &Bed) { … }` becomes the test `NAME`.
macro_rules! on_bed {
    ($($(#[$meta:meta])* fn $name:ident($bed:ident: &Bed) $body:block)+) => {$(
        $(#[$meta])*
        #[test]
        fn $name() {
            fn check($bed: &$crate::support::Bed) $body
            $crate::support::Bed::run(check);
        }
    )+};
}

pub(crate) use {on_bed, on_each_registry, on_each_stack};
