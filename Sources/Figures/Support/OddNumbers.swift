import Drawing
import Tensors
import Tracing
import Wording

/// What must be said of a figure whose steps hold numbers that are not finite: how many, the first of them, and where
/// they began. What a mask hides is minus infinity by design and not meant.
struct OddNumbers {
    /// Of what step; in place of any claim about its numbers.
    let sentence: Phrase

    /// nil where every number of these steps is finite or hidden.
    ///
    /// - Parameter head: of what is drawn head by head only this one counts, of so many; several may share a key.
    init?(_ trace: Trace, _ names: [StepName], head: (place: Int, count: Int)?) {
        let found = names.lazy.compactMap { name in
            trace.place(of: name).flatMap { Self.count(trace, $0, head: head) }.map { (name, $0) }
        }
        guard let (name, count) = found.first else { return nil }
        var english = "{odd} of {all} {all|number|numbers} of {step} {are} not finite, the first, {cell}, is {value}"
        var chinese = "{step} 的 {all} 个数中有 {odd} 个不是有限的，第一个是 {cell}：{value}"
        if let origin = trace.origin(of: name, at: count.first), origin.step != name || origin.origin == .parameter {
            english += "; " + origin.phrase.english
            chinese += "；" + origin.phrase.chinese
        }
        let value = trace[name]?.tensor.cell(count.first).flatMap { OddNumber($0) }?.text ?? ""
        sentence = Phrase(en: english + ".", zh: chinese + "。").filled([
            "odd": Phrase(Numbers.count(count.odd)), "all": Phrase(Numbers.count(count.all)),
            "are": Phrase(count.odd == 1 ? "is" : "are"), "step": Phrase(name.description),
            "cell": Phrase("[" + count.first.map { String($0) }.joined(separator: ", ") + "]"), "value": Phrase(value),
        ])
    }

    /// How many of a step's numbers are odd, of how many, and the index of the first; nil where none is.
    private static func count(
        _ trace: Trace, _ place: Int, head: (place: Int, count: Int)?
    ) -> (odd: Int, all: Int, first: [Int])? {
        // Of nearly all steps this says at once that there is nothing to count.
        guard trace.firstNotFinite(in: place) != nil else { return nil }
        let step = trace.steps[place]
        let hidden = trace.hiddenCells(of: place)
        var (stride, length, chosen) = (1, 1, 0)
        if let head, let axis = step.axes.firstIndex(of: .head), axis < step.shape.rank {
            (stride, length) = (max(1, step.shape.strides[axis]), max(1, step.shape[axis]))
            chosen = min(head.place * length / max(1, head.count), length - 1)
        }
        var (odd, all) = (0, 0)
        var first: Int?
        step.tensor.withUnsafeBuffer { cells in
            for (offset, value) in cells.enumerated() where offset / stride % length == chosen {
                all += 1
                guard !value.isFinite, value != -.infinity || hidden?[flat: offset] != 1 else { continue }
                odd += 1
                first = first ?? offset
            }
        }
        return first.map { (odd, all, step.shape.index(at: $0)) }
    }

    /// The slide with the sentence in place of its own, the legend's key of the mark, and pictures in words that tell it.
    func said(of slide: Slide) -> Slide {
        var slide = slide
        let old = slide.takeaway
        if slide.frames.count == 1 { slide.takeaway = sentence } else { slide.note = sentence }
        for place in slide.frames.indices {
            let frame = slide.frames[place]
            slide.frames[place].altText = told(frame.altText, without: frame.takeaway ?? old)
            guard slide.frames.count == 1 || Self.isOdd(frame.caption) else { continue }
            if frame.caption == frame.takeaway ?? old { slide.frames[place].caption = sentence }
            if frame.takeaway != nil { slide.frames[place].takeaway = sentence }
        }
        let words = Phrase(en: "NaN, ∞, −∞: not finite", zh: "NaN、∞、−∞：不是有限的数")
        slide.legend.append(LegendKey(.odd, words).any)
        return slide
    }

    private static func isOdd(_ words: Phrase) -> Bool { words.english.contains("NaN") || words.english.contains("∞") }

    /// The picture in words, with the sentence in place of what it replaces.
    private func told(_ words: Phrase, without old: Phrase?) -> Phrase {
        guard let old, !old.english.isEmpty, words.english.contains(old.english) else {
            return Phrase(en: words.english + " " + sentence.english, zh: words.chinese + sentence.chinese)
        }
        return Phrase(
            en: words.english.replacing(old.english, with: sentence.english),
            zh: words.chinese.replacing(old.chinese, with: sentence.chinese))
    }
}
