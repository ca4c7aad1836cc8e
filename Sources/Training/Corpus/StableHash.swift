/// FNV-1a: the same bytes have the same number on every machine and in every run.
func stableHash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

/// Where a text lies between 0 and 1, spread evenly over all texts: whether it is below a share decides, whatever the
/// seed, on which side of a split it is.
func stableShare(of text: String) -> Double {
    let hash = stableHash(text.utf8)
    let mixed = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    return Double(mixed >> 11) * 0x1p-53
}
