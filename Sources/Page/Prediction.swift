import Drawing
import Reading
import Wording

/// A question that a reader answers before a figure is shown. Every number in it is the trace's or a replay's, and every
/// wrong option says why it is wrong.
struct Prediction {
    enum Kind: String {
        case largest, scaling, later, softmax, next, headOff, sign
    }

    struct Option {
        var words: Phrase
        var isRight: Bool
        /// Why it is right or wrong, in the numbers that decide it.
        var hint: Phrase
        /// The number that decides as a length, 0 to 1; nil where there is none.
        var share: Double?
        var number: String = ""
        /// A row of weights, where that is what is chosen.
        var row: [Float] = []
    }

    /// What would give the answer away: all cells of a step whose index begins so.
    struct Veil {
        var step: String
        var beginning: [Int]
    }

    var kind: Kind
    /// What is asked about; the same words are the same question, wherever it is asked.
    var about: [String]
    var question: Phrase
    var options: [Option]
    var veils: [Veil] = []
    /// Whether the figure shows nothing but the answer.
    var hidesFigure = false
    /// Whose the numbers of options' rows are.
    var columns: [String] = []

    /// Whether one option is right and no two look alike.
    var isFair: Bool {
        let looks = options.map { [$0.words.english, $0.words.chinese] + $0.row.map { Numbers.percent(Double($0)) } }
        return options.count > 1 && options.count(where: { $0.isRight }) == 1 && Set(looks).count == looks.count
    }

    /// The options one place on for every count, so that the right one has no place of its own.
    mutating func turn(by count: Int) {
        guard !options.isEmpty else { return }
        let start = abs(count % options.count)
        options = Array(options[start...] + options[..<start])
    }

    func write(to json: inout JSONWriter, in language: Language) {
        json.object { json in
            json.member("kind", kind.rawValue)
            json.member("about", ([kind.rawValue] + about).joined(separator: " "))
            json.member("question", question[language])
            json.member("hidesFigure", hidesFigure)
            json.array("veils") { json in
                for veil in veils {
                    json.object { json in
                        json.member("step", veil.step)
                        json.member("index", veil.beginning)
                    }
                }
            }
            if !columns.isEmpty { json.member("columns", columns) }
            json.array("options") { json in
                for option in options {
                    json.object { json in
                        json.member("label", option.words[language])
                        json.member("right", option.isRight)
                        json.member("why", option.hint[language])
                        if let share = option.share { json.member("share", share) }
                        json.member("number", option.number)
                        guard !option.row.isEmpty else { return }
                        json.member("row", option.row.map { Double($0) })
                    }
                }
            }
        }
    }
}
