/// A QR code (ISO/IEC 18004) of a text in bytes, at the lowest level of correction: shown on a screen it is never dirty,
/// and its modules are as large as they can be.
struct QRCode {
    /// Modules a side.
    private(set) var size: Int
    private var modules: [Bool]
    /// Finders, timing and the like, which no data covers.
    private var isFixed: [Bool]

    /// Of each version from 1 on: how many bytes of correction a block has, and how many blocks there are.
    private static let correction: [(bytes: Int, blocks: Int)] = [
        (7, 1), (10, 1), (15, 1), (20, 1), (26, 1), (18, 2), (20, 2), (24, 2), (30, 2), (18, 4), (20, 4), (24, 4),
        (26, 4), (30, 4), (22, 6), (24, 6), (28, 6), (30, 6), (28, 7), (28, 8), (28, 8), (28, 9), (30, 9), (30, 10),
        (26, 12),
    ]

    /// Bytes of data and correction together.
    private static func room(_ version: Int) -> Int {
        var modules = (16 * version + 128) * version + 64
        if version >= 2 {
            let marks = version / 7 + 2
            modules -= (25 * marks - 10) * marks - 55
            if version >= 7 { modules -= 36 }
        }
        return modules / 8
    }

    /// Nil for a text of more than some 1,200 bytes.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        for (place, parts) in Self.correction.enumerated() {
            let version = place + 1
            let data = Self.room(version) - parts.bytes * parts.blocks
            guard bytes.count + (version < 10 ? 2 : 3) <= data else { continue }
            self.init(version, Self.corrected(Self.padded(bytes, version, to: data), version, parts))
            return
        }
        return nil
    }

    func isDark(_ x: Int, _ y: Int) -> Bool { modules[y * size + x] }

    // MARK: Bytes

    /// Kind, length and content as bits, filled up to the version's room.
    private static func padded(_ bytes: [UInt8], _ version: Int, to count: Int) -> [UInt8] {
        // Four bits of kind, then a length of 8 or 16: every byte lies across two.
        var halves: [UInt8] = [4]
        if version >= 10 { halves += [UInt8(bytes.count >> 12 & 15), UInt8(bytes.count >> 8 & 15)] }
        halves += [UInt8(bytes.count >> 4 & 15), UInt8(bytes.count & 15)]
        for byte in bytes { halves += [byte >> 4, byte & 15] }
        halves.append(0)
        var whole = stride(from: 0, to: halves.count - 1, by: 2).map { halves[$0] << 4 | halves[$0 + 1] }
        for place in 0..<max(0, count - whole.count) { whole.append(place % 2 == 0 ? 0xec : 0x11) }
        return whole
    }

    /// Cut into blocks, each with its correction, and interleaved.
    private static func corrected(
        _ data: [UInt8], _ version: Int, _ parts: (bytes: Int, blocks: Int)
    ) -> [UInt8] {
        let divisor = self.divisor(parts.bytes)
        let whole = room(version)
        let short = whole / parts.blocks - parts.bytes
        let firstLong = parts.blocks - whole % parts.blocks
        var (blocks, checks): ([[UInt8]], [[UInt8]]) = ([], [])
        var start = 0
        for block in 0..<parts.blocks {
            let end = min(data.count, start + short + (block < firstLong ? 0 : 1))
            blocks.append(Array(data[start..<end]))
            checks.append(remainder(blocks[block], divisor))
            start = end
        }
        var bytes: [UInt8] = []
        for place in 0...short { for block in blocks where place < block.count { bytes.append(block[place]) } }
        for place in 0..<parts.bytes { for check in checks { bytes.append(check[place]) } }
        return bytes
    }

    /// Of two numbers of the field of 256 elements.
    private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var result = 0
        for bit in stride(from: 7, through: 0, by: -1) {
            result = result << 1 ^ (result >> 7) * 0x11d
            if right >> bit & 1 == 1 { result ^= Int(left) }
        }
        return UInt8(result & 255)
    }

    private static func divisor(_ degree: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: degree - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<degree {
            for place in 0..<degree {
                result[place] = product(result[place], root)
                if place + 1 < degree { result[place] ^= result[place + 1] }
            }
            root = product(root, 2)
        }
        return result
    }

    private static func remainder(_ data: [UInt8], _ divisor: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: divisor.count)
        for byte in data {
            let factor = byte ^ result.removeFirst()
            result.append(0)
            for place in divisor.indices { result[place] ^= product(divisor[place], factor) }
        }
        return result
    }

    // MARK: Modules

    private init(_ version: Int, _ bytes: [UInt8]) {
        size = 17 + 4 * version
        modules = [Bool](repeating: false, count: size * size)
        isFixed = modules
        drawFixed(version)
        drawBytes(bytes)
        var best: (code: QRCode, penalty: Int)?
        for mask in 0..<8 {
            var code = self
            code.apply(mask)
            let penalty = code.penalty
            if penalty < best?.penalty ?? .max { best = (code, penalty) }
        }
        if let best { modules = best.code.modules }
    }

    private mutating func fix(_ x: Int, _ y: Int, _ isDark: Bool) {
        guard (0..<size).contains(x), (0..<size).contains(y) else { return }
        modules[y * size + x] = isDark
        isFixed[y * size + x] = true
    }

    private mutating func drawFixed(_ version: Int) {
        for place in 0..<size {
            fix(6, place, place % 2 == 0)
            fix(place, 6, place % 2 == 0)
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] {
            for dy in -4...4 {
                for dx in -4...4 {
                    let distance = max(abs(dx), abs(dy))
                    fix(x + dx, y + dy, distance != 2 && distance != 4)
                }
            }
        }
        let marks = Self.marks(version)
        for (row, y) in marks.enumerated() {
            for (column, x) in marks.enumerated() {
                // Three corners have finders.
                let last = marks.count - 1
                guard ![(0, 0), (0, last), (last, 0)].contains(where: { $0 == (row, column) }) else { continue }
                for dy in -2...2 { for dx in -2...2 { fix(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) } }
            }
        }
        drawFormat(0)
        guard version >= 7 else { return }
        var rest = version
        for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1f25 }
        let bits = version << 12 | rest
        for place in 0..<18 {
            let (far, near) = (size - 11 + place % 3, place / 3)
            fix(far, near, bits >> place & 1 == 1)
            fix(near, far, bits >> place & 1 == 1)
        }
    }

    /// The places of the small marks, in both directions.
    private static func marks(_ version: Int) -> [Int] {
        guard version > 1 else { return [] }
        let (count, size) = (version / 7 + 2, 17 + 4 * version)
        let step = (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2
        return [6] + (0..<count - 1).reversed().map { size - 7 - $0 * step }
    }

    /// The level of correction and the mask, twice.
    private mutating func drawFormat(_ mask: Int) {
        let data = 1 << 3 | mask
        var rest = data
        for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
        let bits = (data << 10 | rest) ^ 0x5412
        func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
        for place in 0..<6 { fix(8, place, bit(place)) }
        fix(8, 7, bit(6))
        fix(8, 8, bit(7))
        fix(7, 8, bit(8))
        for place in 9..<15 { fix(14 - place, 8, bit(place)) }
        for place in 0..<8 { fix(size - 1 - place, 8, bit(place)) }
        for place in 8..<15 { fix(8, size - 15 + place, bit(place)) }
        fix(8, size - 8, true)
    }

    /// In columns of two from the right, upwards and downwards in turn.
    private mutating func drawBytes(_ bytes: [UInt8]) {
        var place = 0
        for right in stride(from: size - 1, through: 1, by: -2).map({ $0 <= 6 ? $0 - 1 : $0 }) {
            for step in 0..<size {
                let y = (right + 1) & 2 == 0 ? size - 1 - step : step
                for x in [right, right - 1] where !isFixed[y * size + x] && place < bytes.count * 8 {
                    modules[y * size + x] = bytes[place >> 3] >> (7 - place & 7) & 1 == 1
                    place += 1
                }
            }
        }
    }

    private mutating func apply(_ mask: Int) {
        for y in 0..<size {
            for x in 0..<size where !isFixed[y * size + x] && Self.isTurned(mask, x, y) {
                modules[y * size + x].toggle()
            }
        }
        drawFormat(mask)
    }

    private static func isTurned(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    /// How hard it is to read: long runs, blocks of one colour, what looks like a finder, too much of one colour.
    private var penalty: Int {
        var sum = 0
        let finder = [true, false, true, true, true, false, true]
        let lines = [false, true].flatMap { isDown in
            (0..<size).map { line in (0..<size).map { isDown ? isDark(line, $0) : isDark($0, line) } }
        }
        for line in lines {
            var run = 0
            for place in 0..<size {
                run = place > 0 && line[place] == line[place - 1] ? run + 1 : 1
                if run == 5 { sum += 3 } else if run > 5 { sum += 1 }
                guard place + 7 <= size, Array(line[place..<place + 7]) == finder else { continue }
                if !line[max(0, place - 4)..<place].contains(true) { sum += 40 }
                if !line[place + 7..<min(size, place + 11)].contains(true) { sum += 40 }
            }
        }
        for y in 1..<size {
            for x in 1..<size {
                let corner = isDark(x, y)
                if isDark(x - 1, y) == corner, isDark(x, y - 1) == corner, isDark(x - 1, y - 1) == corner { sum += 3 }
            }
        }
        let dark = modules.count { $0 }
        return sum + abs(dark * 20 - modules.count * 10) / modules.count * 10
    }
}

extension QRCode {
    /// Dark on light in both themes, with the margin that readers need: markup of an SVG picture.
    var svg: String {
        let margin = 4
        let whole = size + 2 * margin
        var path = ""
        for y in 0..<size {
            var start: Int?
            for x in 0...size {
                let isDark = x < size && isDark(x, y)
                if isDark, start == nil { start = x }
                if !isDark, let from = start {
                    path += "M\(from + margin) \(y + margin)h\(x - from)v1h-\(x - from)z"
                    start = nil
                }
            }
        }
        let box = "viewBox=\"0 0 \(whole) \(whole)\""
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" \(box) shape-rendering=\"crispEdges\">"
            + "<rect width=\"\(whole)\" height=\"\(whole)\" fill=\"#fff\"/><path d=\"\(path)\"/></svg>"
    }
}
