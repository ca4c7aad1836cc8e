import Subjects
import Wording

/// What a page is to show: a text with its changes, and tokens that were put by hand.
struct TypedText: Hashable {
    var source: TextSource
    var put: [PutToken] = []
    /// The changes are told of, and the run is shown as it was before them.
    var isBefore = false

    /// The same without changes of the run.
    var unchanged: TypedText {
        var typed = changed
        typed.source.changes = ChangeWords()
        return typed
    }

    /// The same as it is after the changes.
    var changed: TypedText {
        var typed = self
        typed.isBefore = false
        return typed
    }
}

/// A token that somebody chose: behind a decoder's text, at a place of a translation, whose rest follows from it, or in
/// place of a token that an encoder reads.
struct PutToken: Hashable {
    var place: Int
    var id: Int

    /// - Parameter numbers: places and ids in turn.
    /// - Throws: ``PageError/missing(_:)``.
    static func list(_ numbers: [Int]) throws(Failure) -> [PutToken] {
        guard numbers.count.isMultiple(of: 2), numbers.allSatisfy({ $0 >= 0 }) else {
            throw Failure(PageError.missing("put"))
        }
        return stride(from: 0, to: numbers.count, by: 2).map { PutToken(place: numbers[$0], id: numbers[$0 + 1]) }
    }
}

extension [PutToken] {
    var numbers: [Int] { flatMap { [$0.place, $0.id] } }
}
