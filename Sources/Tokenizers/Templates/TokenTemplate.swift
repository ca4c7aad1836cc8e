/// What a tokenizer puts around one text, and around two: `[CLS] a [SEP] b [SEP]`, `<s> a </s>`, or nothing.
public struct TokenTemplate: Sendable, Hashable {
    /// A place of the template, and the segment (0, 1, …) that its tokens belong to.
    public enum Part: Sendable, Hashable {
        case token(id: Int, segment: Int)
        case first(segment: Int)
        case second(segment: Int)

        /// The token's id; `nil` for a text.
        fileprivate var id: Int? { if case .token(let id, _) = self { id } else { nil } }
    }

    /// Around one text.
    public var single: [Part]

    /// Around two texts.
    public var pair: [Part]

    public init(single: [Part], pair: [Part]) {
        self.single = single
        self.pair = pair
    }

    /// Texts as they are, the second as the second segment.
    public static let plain = TokenTemplate(
        single: [.first(segment: 0)], pair: [.first(segment: 0), .second(segment: 1)])

    /// `[CLS] a [SEP]`, and `[CLS] a [SEP] b [SEP]` whose second text is the second segment (Devlin et al. 2019,
    /// figure 2).
    public static func bert(start: Int, end: Int) -> TokenTemplate {
        let single = around(start: start, end: end).single
        return TokenTemplate(single: single, pair: single + [.second(segment: 1), .token(id: end, segment: 1)])
    }

    /// `<s> a </s>`, and `<s> a </s> </s> b </s>`, all of one segment (Liu et al. 2019; BART, Lewis et al. 2020).
    public static func roberta(start: Int, end: Int) -> TokenTemplate {
        let single = around(start: start, end: end).single
        let end = Part.token(id: end, segment: 0)
        return TokenTemplate(single: single, pair: single + [end, .second(segment: 0), end])
    }

    /// A token before each text, or after it, or both: Llama's beginning of text, T5's and Marian's end.
    public static func around(start: Int?, end: Int?) -> TokenTemplate {
        func parts(_ text: Part, segment: Int) -> [Part] {
            (start.map { [.token(id: $0, segment: segment)] } ?? []) + [text]
                + (end.map { [.token(id: $0, segment: segment)] } ?? [])
        }
        let single = parts(.first(segment: 0), segment: 0)
        return TokenTemplate(single: single, pair: single + parts(.second(segment: 1), segment: 1))
    }

    /// Whether it adds no token.
    public var isPlain: Bool {
        (single + pair).allSatisfy { $0.id == nil }
    }

    /// The ids of one text or two inside the template, and the segment of each.
    public func ids(_ first: [Int], pair second: [Int]? = nil) -> (ids: [Int], segments: [Int]) {
        var ids: [Int] = []
        var segments: [Int] = []
        for part in second == nil ? single : pair {
            switch part {
            case .token(let id, let segment):
                ids.append(id)
                segments.append(segment)
            case .first(let segment):
                ids += first
                segments += first.map { _ in segment }
            case .second(let segment):
                ids += second ?? []
                segments += (second ?? []).map { _ in segment }
            }
        }
        return (ids, segments)
    }

    /// The tokens that go before a single text.
    public var prefix: [Int] {
        single.prefix { $0.id != nil }.compactMap { $0.id }
    }

    /// The tokens that follow a single text.
    public var suffix: [Int] {
        guard let place = single.lastIndex(where: { $0.id == nil }) else { return [] }
        return single[(place + 1)...].compactMap { $0.id }
    }
}
