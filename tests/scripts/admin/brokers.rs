//! `admin brokers`.

use crate::support::{Kafkaefd, Stack};

#[test]
fn the_controller_is_marked() {
    let stack = Stack::new();
    let address = stack.broker();
    let width = address.len();
    stack
        .kafkaefd()
        .args(["admin", "brokers"])
        .stdout(&format!(
            "broker  {:width$}  controller  cluster\n     1  {address}  true        \
             kafkaefd-embedded-cluster\n",
            "address"
        ))
        .stderr("")
        .success();
}

#[test]
fn a_wrong_address_is_named_with_the_reason_and_the_flag() {
    Kafkaefd::new()
        .args(["--broker", "127.0.0.1:1", "admin", "brokers", "--timeout", "0.5"])
        .stdout("")
        .stderr(
            "error: cannot list brokers of 127.0.0.1:1: connection refused\n\
             help: check the address given with --broker (or $BROKER), and that the broker runs\n",
        )
        .code(1);
}
