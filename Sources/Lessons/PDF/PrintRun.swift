import Drawing

/// A stretch of running text that is set alike.
struct PrintRun: Sendable {
    enum Content: Sendable {
        case text(String)
        /// A formula, as large as it is to be.
        case box(Formula.Box)
    }

    /// What is drawn under letters.
    enum Mark: Sendable, Hashable {
        /// A pale ground: what a model reads or writes.
        case sample
        /// A dotted line: a figure that a document says.
        case quoted
        /// A thin line: leads elsewhere.
        case link
    }

    var content: Content
    var font: Font
    var color: Color
    /// `#place` or an address.
    var link: String?
    var mark: Mark?
    /// How far above the line it stands.
    var rise = 0.0
    /// Whether the author set it in bold: it is being introduced.
    var isTerm = false

    var text: String { if case .text(let text) = content { text } else { "" } }
}

/// One line as it was set, around the left end of its baseline.
struct PrintLine: Sendable {
    var items: [Item] = []
    /// Above and below the baseline, as far as what stands in it reaches.
    var ascent = 0.0
    var descent = 0.0
    var width = 0.0
    /// Its words.
    var text = ""
    /// What it introduces.
    var terms: [String] = []
}

extension [PrintRun] {
    /// Neighbours that are set alike as one run.
    /// - Parameter apart: whether Chinese characters are runs of their own. Between them a text face sets quotation
    ///   marks as wide as they are, which a text in English does not want.
    func joined(apart: Bool) -> [PrintRun] {
        var runs: [PrintRun] = []
        for run in self {
            guard case .text(let text) = run.content else {
                runs.append(run)
                continue
            }
            if let last = runs.last, case .text(let before) = last.content, last.isSet(as: run) {
                runs[runs.count - 1].content = .text(before + text)
            } else {
                runs.append(run)
            }
        }
        return apart ? runs.flatMap(\.apart) : runs
    }
}

extension PrintRun {
    fileprivate func isSet(as other: PrintRun) -> Bool {
        font == other.font && color == other.color && link == other.link && mark == other.mark && rise == other.rise
            && isTerm == other.isTerm
    }

    /// Cut where Chinese characters begin and end.
    fileprivate var apart: [PrintRun] {
        guard case .text(let text) = content, font.family == .text, text.contains(where: \.isHan) else { return [self] }
        var parts: [PrintRun] = []
        var wasHan: Bool?
        for character in text {
            if wasHan == character.isHan, case .text(let before)? = parts.last?.content {
                parts[parts.count - 1].content = .text(before + String(character))
            } else {
                var part = self
                part.content = .text(String(character))
                parts.append(part)
            }
            wasHan = character.isHan
        }
        return parts
    }
}
