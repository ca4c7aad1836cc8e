import Drawing
import Wording

/// What is added to a PDF that Cairo wrote: links, the language it is read aloud in, and that a window shows its title.
///
/// Added as the standard wants changes added (ISO 32000, 7.5.6): changed and new objects at the end, with a table of
/// their places, and what was there left as it is. Cairo 1.16 writes links of its own, but its pages refer to objects
/// that it never writes.
struct PDFUpdate {
    enum Target {
        case page(Int, y: Double)
        case address(String)
    }

    private let bytes: [UInt8]
    /// Where each object of the file begins.
    private var places: [Int: Int] = [:]
    private var trailer = ""
    private var pages: [Int] = []
    private var links: [Int: [Link]] = [:]
    /// Words for the tagged figures and formulas, in their order.
    var alternatives: [String] = []
    /// How many links stand in what is read aloud.
    private var readLinks = 0

    private struct Link {
        var text: String
        /// The how manieth it is of those that are read aloud.
        var order: Int?
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let tail = String(decoding: bytes.suffix(1024), as: UTF8.self)
        guard let last = tail.ranges(of: "trailer").last else { return }
        trailer = String(tail[last.upperBound...])
        read(from: Self.number(after: "startxref\n", in: trailer) ?? 0)
        guard let root = Self.number(after: "/Root ", in: trailer),
            let list = Self.number(after: "/Pages ", in: object(root)),
            let kids = object(list).firstRange(of: "/Kids [")
        else { return }
        let names = object(list)[kids.upperBound...].prefix { $0 != "]" }.split { $0.isWhitespace }
        pages = stride(from: 0, to: names.count, by: 3).compactMap { Int(names[$0]) }
    }

    // MARK: Reading

    /// The table of objects: `xref`, `0 N`, and twenty bytes for each.
    private mutating func read(from start: Int) {
        guard bytes.indices.contains(start) else { return }
        let head = String(decoding: bytes[start..<min(bytes.count, start + 40)], as: UTF8.self)
        let lines = head.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 2, lines[0] == "xref", let count = lines[1].split(separator: " ").last.flatMap({ Int($0) })
        else { return }
        let first = start + lines[0].utf8.count + lines[1].utf8.count + 2
        for number in 0..<count {
            let entry = first + number * 20
            guard entry + 18 <= bytes.count, bytes[entry + 17] == UInt8(ascii: "n") else { continue }
            places[number] = Int(String(decoding: bytes[entry..<entry + 10], as: UTF8.self))
        }
    }

    /// What stands between an object's double brackets, and what follows them inside.
    private func object(_ number: Int) -> String {
        guard let start = places[number], bytes.indices.contains(start) else { return "" }
        let end = Array("endobj".utf8)
        var place = start
        while place + end.count <= bytes.count, !bytes[place...].starts(with: end) { place += 1 }
        let text = String(decoding: bytes[start..<min(place, bytes.count)], as: UTF8.self)
        return text.firstRange(of: "<<").map { String(text[$0.upperBound...]) } ?? ""
    }

    /// UTF-16 behind its mark, as every text is that is more than Latin.
    private static func hexadecimal(_ text: String) -> String {
        text.utf16.reduce(into: "FEFF") { digits, unit in
            let own = String(unit, radix: 16, uppercase: true)
            digits += String(repeating: "0", count: 4 - own.count) + own
        }
    }

    private static func number(after word: String, in text: String) -> Int? {
        text.firstRange(of: word).flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) }
    }

    /// What is tagged: Cairo writes it in the order of the pages, and has no words for it.
    private var parts: [(number: Int, text: String)] {
        let order = places.sorted { $0.value < $1.value }
        return order.enumerated().compactMap { place, object in
            // They are short; what is long is a stream.
            guard place + 1 < order.count, order[place + 1].value - object.value < 2000 else { return nil }
            let text = self.object(object.key)
            return text.contains("/StructElem") ? (object.key, text) : nil
        }
    }

    /// A tagged part that holds the link itself beside its words.
    private static func linked(_ part: String, to link: Int, on page: Int) -> String {
        let named = part.replacing("/S /Reference", with: "/S /Link").trimmed
        let own = "<< /Type /OBJR /Obj \(link) 0 R /Pg \(page) 0 R >>"
        guard let mark = named.firstRange(of: "/K ") else { return "<<" + named }
        let rest = named[mark.upperBound...]
        guard rest.first != "[" else {
            return "<<" + named[..<mark.upperBound] + "[ \(own)" + rest.dropFirst()
        }
        let words = rest.prefix { $0 != "\n" && $0 != ">" }
        return "<<" + named[..<mark.upperBound] + "[ \(words) \(own) ]" + rest[words.endIndex...]
    }

    // MARK: Adding

    /// - Parameters:
    ///   - height: of the pages, whose places are counted from their lower edges.
    ///   - isRead: whether it is tagged: all that are, are told in their order, also those that lead nowhere.
    mutating func add(_ rect: Rect, on page: Int, to target: Target, height: Double, isRead: Bool) {
        let order = isRead ? readLinks : nil
        if isRead { readLinks += 1 }
        guard pages.indices.contains(page) else { return }
        func n(_ value: Double) -> String { Numbers.fixed(value, decimals: 2).replacing("−", with: "-") }
        let corners = [rect.minX, height - rect.maxY, rect.maxX, height - rect.minY].map(n).joined(separator: " ")
        let action: String
        switch target {
        case .page(let number, let y):
            guard pages.indices.contains(number) else { return }
            action = "/Dest [ \(pages[number]) 0 R /XYZ 0 \(n(height - max(0, y))) 0 ]"
        case .address(let address):
            guard !address.hasPrefix("#") else { return }
            let plain = address.map { "()\\".contains($0) ? "\\\($0)" : String($0) }.joined()
            guard plain.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) else { return }
            action = "/A << /Type /Action /S /URI /URI (\(plain)) >>"
        }
        links[page, default: []].append(
            Link(text: "/Type /Annot /Subtype /Link /Rect [ \(corners) ] /Border [ 0 0 0 ] \(action)", order: order))
    }

    /// The file with what was added; as it was where it is not as Cairo writes it.
    func finished(_ language: Language) -> [UInt8] {
        guard let root = Self.number(after: "/Root ", in: trailer),
            let size = Self.number(after: "/Size ", in: trailer),
            let start = Self.number(after: "startxref\n", in: trailer), places[root] != nil
        else { return bytes }
        var result = bytes
        if result.last != UInt8(ascii: "\n") { result.append(UInt8(ascii: "\n")) }
        var added: [(number: Int, place: Int)] = []
        func add(_ number: Int, _ text: String) {
            added.append((number, result.count))
            result += Array("\(number) 0 obj\n\(text)\nendobj\n".utf8)
        }
        var next = size
        let parts = parts
        let tagged = parts.filter { $0.text.contains("/S /Reference") }
        // Where Cairo wrote others than were told, none is known by its place.
        let isKnown = tagged.count == readLinks
        var referred: [Int: (link: Int, page: Int)] = [:]
        for page in pages.indices {
            guard let own = links[page] else { continue }
            var names: [String] = []
            for link in own {
                var parent = ""
                if let order = link.order, isKnown {
                    referred[order] = (next, pages[page])
                    parent = " /StructParent \(pages.count + order)"
                }
                add(next, "<< \(link.text)\(parent) >>")
                names.append("\(next) 0 R")
                next += 1
            }
            // Keys go from link to link in the order in which they are read.
            add(
                pages[page],
                "<< /Tabs /S /Annots [ \(names.joined(separator: " ")) ]" + object(pages[page]).trimmed)
        }
        var words = alternatives[...]
        var order = 0
        var parents: [String] = []
        for part in parts {
            if part.text.contains("/S /Figure") || part.text.contains("/S /Formula") {
                guard let own = words.popFirst() else { continue }
                add(part.number, "<< /Alt <\(Self.hexadecimal(own))>" + part.text.trimmed)
            } else if part.text.contains("/S /Reference") {
                defer { order += 1 }
                guard let (link, page) = referred[order] else { continue }
                parents.append("\(pages.count + order) \(part.number) 0 R")
                add(part.number, Self.linked(part.text, to: link, on: page))
            }
        }
        if !parents.isEmpty, let tree = Self.number(after: "/StructTreeRoot ", in: object(root)),
            let list = Self.number(after: "/ParentTree ", in: object(tree)), let end = object(list).lastIndex(of: "]")
        {
            let text = object(list)
            add(list, "<<" + text[..<end] + " " + parents.joined(separator: " ") + " " + text[end...].trimmed)
        }
        let mark = parts.isEmpty || object(root).contains("/MarkInfo") ? "" : "/MarkInfo << /Marked true >>\n   "
        add(
            root,
            "<< \(mark)/Lang (\(language.rawValue))\n   /ViewerPreferences << /DisplayDocTitle true >>"
                + object(root).trimmed)
        let table = result.count
        result += Array("xref\n".utf8)
        for (number, place) in added.sorted(by: { $0.number < $1.number }) {
            let digits = String(place)
            let zeros = String(repeating: "0", count: max(0, 10 - digits.count))
            result += Array("\(number) 1\n\(zeros)\(digits) 00000 n \n".utf8)
        }
        let info = Self.number(after: "/Info ", in: trailer).map { "   /Info \($0) 0 R\n" } ?? ""
        result += Array("trailer\n<< /Size \(next)\n   /Root \(root) 0 R\n\(info)   /Prev \(start)\n>>\n".utf8)
        return result + Array("startxref\n\(table)\n%%EOF\n".utf8)
    }
}

extension String {
    /// Without blank ends of lines at its end.
    fileprivate var trimmed: String { self[...].trimmed }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = String(self)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
