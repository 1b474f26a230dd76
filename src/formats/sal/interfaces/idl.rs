//! The types of items.

/// A type of the interface definition language, as `IDL_Type` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdlType {
    /// `boolean`
    Boolean,
    /// `byte`
    Byte,
    /// `char`, until 2019
    Char,
    /// `octet`, until 2019
    Octet,
    /// `short`
    Short,
    /// `unsigned short`
    UnsignedShort,
    /// `int`
    Int,
    /// `unsigned int`
    UnsignedInt,
    /// `long`: 64-bit until 2019, 32-bit today
    Long,
    /// `unsigned long`, until 2019
    UnsignedLong,
    /// `long long`
    LongLong,
    /// `unsigned long long`, until 2019
    UnsignedLongLong,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `string`
    String,
}

const NAMES: [(&str, IdlType); 15] = [
    ("boolean", IdlType::Boolean),
    ("byte", IdlType::Byte),
    ("char", IdlType::Char),
    ("octet", IdlType::Octet),
    ("short", IdlType::Short),
    ("unsigned short", IdlType::UnsignedShort),
    ("int", IdlType::Int),
    ("unsigned int", IdlType::UnsignedInt),
    ("long", IdlType::Long),
    ("unsigned long", IdlType::UnsignedLong),
    ("long long", IdlType::LongLong),
    ("unsigned long long", IdlType::UnsignedLongLong),
    ("float", IdlType::Float),
    ("double", IdlType::Double),
    ("string", IdlType::String),
];

impl IdlType {
    /// The type that `text` names; blanks around and between its words do not matter.
    pub fn from_name(text: &str) -> Option<IdlType> {
        let same = |(name, _): &&(&str, _)| *name == text;
        let words = |(name, _): &&(&str, _)| name.split(' ').eq(text.split_ascii_whitespace());
        // Nearly all are written plainly.
        let found = NAMES.iter().find(same).or_else(|| NAMES.iter().find(words));
        found.map(|&(_, idl)| idl)
    }

    /// The least and the largest integer of the type, as far as 64 bits with a sign hold them.
    pub fn range(self) -> (i64, i64) {
        match self {
            IdlType::Byte | IdlType::Char | IdlType::Octet => (0, 255),
            IdlType::Short => (i16::MIN.into(), i16::MAX.into()),
            IdlType::UnsignedShort => (0, u16::MAX.into()),
            IdlType::Int => (i32::MIN.into(), i32::MAX.into()),
            IdlType::UnsignedInt => (0, u32::MAX.into()),
            IdlType::UnsignedLong | IdlType::UnsignedLongLong => (0, i64::MAX),
            _ => (i64::MIN, i64::MAX),
        }
    }

    /// The name that interface files use.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|&&(_, idl)| idl == self).map_or("", |&(name, _)| name)
    }
}
