//! Short names for schemas: hashes of their Parsing Canonical Form.

use apache_avro::rabin::Rabin;
use sha2::Digest;

use super::json::hex;
use super::schema::Schema;

/// The hash of a fingerprint, of those that the Avro specification recommends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hash {
    /// CRC-64-AVRO, 8 bytes.
    #[default]
    Crc64,
    /// MD5, 16 bytes.
    Md5,
    /// SHA-256, 32 bytes.
    Sha256,
}

impl Hash {
    /// All hashes, the shortest first.
    pub const ALL: [Hash; 3] = [Hash::Crc64, Hash::Md5, Hash::Sha256];

    /// The word for the hash, as `crc64`.
    pub fn word(self) -> &'static str {
        match self {
            Hash::Crc64 => "crc64",
            Hash::Md5 => "md5",
            Hash::Sha256 => "sha256",
        }
    }

    /// The hash that `word` names.
    pub fn from_word(word: &str) -> Option<Hash> {
        Hash::ALL.into_iter().find(|hash| hash.word() == word)
    }
}

/// The fingerprint of `schema` in hexadecimal digits; schemas that write values alike share it.
pub fn fingerprint(schema: &Schema, hash: Hash) -> String {
    let form = schema.canonical();
    match hash {
        Hash::Crc64 => hex(&Rabin::digest(form)),
        Hash::Md5 => hex(&md5::Md5::digest(form)),
        Hash::Sha256 => hex(&sha2::Sha256::digest(form)),
    }
}
