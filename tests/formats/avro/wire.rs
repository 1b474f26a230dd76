use kafkaefd::formats::avro::wire;

#[test]
fn a_header_comes_off_as_it_went_on() {
    let mut bytes = Vec::new();
    wire::frame(258, &mut bytes);
    bytes.extend_from_slice(b"body");
    assert_eq!(bytes, b"\x00\x00\x00\x01\x02body");
    assert_eq!(wire::split(&bytes), Some((258, &b"body"[..])));
}

#[test]
fn bytes_without_a_header_are_left_alone() {
    assert_eq!(wire::split(b""), None);
    assert_eq!(wire::split(b"\x00\x00\x00\x01"), None);
    assert_eq!(wire::split(b"hello world"), None);
    assert_eq!(wire::split(b"\x00\x00\x00\x00\x07"), Some((7, &b""[..])));
}
