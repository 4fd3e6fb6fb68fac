import Foundation

@testable import Servanda

/// A line with a kind of fact that this version does not know.
enum LineOfANewerVersion {
    static func suspend(on day: String) throws -> String {
        let before = #"{"commitment":"xx/one","fact":{"suspend":{"until":"the rainy season is over"}},"#
        let after = #""on":"\#(day)","recorded_at":"2020-02-02T09:00:00.000000Z","recorded_by":"later"}"#
        return before + #""id":"sha256:\#(SHA256.hex(of: before + after))","# + after
    }
}

/// SHA-256 as in FIPS 180-4, because Foundation has none on Linux.
enum SHA256 {
    static func hex(of text: String) -> String {
        var message = Array(text.utf8)
        let bits = UInt64(message.count) * 8
        message.append(0x80)
        while message.count % 64 != 56 { message.append(0) }
        message += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }

        var state: [UInt32] = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
        for block in stride(from: 0, to: message.count, by: 64) {
            var words = (0..<16).map { word in
                message[block + 4 * word..<block + 4 * word + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            }
            for at in 16..<64 {
                let (x, y) = (words[at - 15], words[at - 2])
                let first = rotate(x, 7) ^ rotate(x, 18) ^ x >> 3
                let second = rotate(y, 17) ^ rotate(y, 19) ^ y >> 10
                words.append(words[at - 16] &+ first &+ words[at - 7] &+ second)
            }
            var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7])
            for at in 0..<64 {
                let big = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
                let one = h &+ big &+ (e & f ^ ~e & g) &+ constants[at] &+ words[at]
                let small = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
                let two = small &+ (a & b ^ a & c ^ b & c)
                (h, g, f, e, d, c, b, a) = (g, f, e, d &+ one, c, b, a, one &+ two)
            }
            state = zip(state, [a, b, c, d, e, f, g, h]).map(&+)
        }
        return state.map { String(repeating: "0", count: $0.leadingZeroBitCount / 4 - ($0 == 0 ? 1 : 0)) + String($0, radix: 16) }.joined()
    }

    private static let primes = (2...311).filter { number in (2..<number).allSatisfy { number % $0 != 0 } }
    private static let constants = primes.prefix(64).map { fraction(cbrt(Double($0))) }

    /// The first 32 bits of the fraction.
    private static func fraction(_ root: Double) -> UInt32 {
        UInt32((root - root.rounded(.down)) * 4_294_967_296)
    }

    private static func rotate(_ word: UInt32, _ by: UInt32) -> UInt32 {
        word >> by | word << (32 - by)
    }
}
