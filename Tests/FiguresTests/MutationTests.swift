import Drawing
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tracing
import Wording

@testable import Figures

/// Figures of traces that were made in memory and lie: each step in turn of a wrong shape, without numbers, with
/// numbers that are none. No figure may stop the program; each is drawn, or says in one line why it cannot be.
///
/// Some hundred changes of each sample are tried, always the same; `GLASSFORMER_MUTATIONS=3` tries others, and
/// `GLASSFORMER_MUTATIONS=all` draws every figure of every change of every sample, which takes hours.
@Suite("Figures of traces that lie") struct MutationTests {
    /// What becomes of one step.
    enum Change: String, CaseIterable, Sendable {
        case missing, flat, deeper, transposed, longer, shorter, empty, scalar
        case notANumber, infinite, minusInfinite, allNotANumber, zero, greatest, least, tiny, outside, negative

        func applied(to step: Step) -> Step? {
            let (dimensions, cells) = (step.shape.dimensions, step.tensor.scalars)
            func shaped(_ dimensions: [Int], _ cells: [Float]) -> Step? {
                let count = Shape(dimensions).count
                guard count < 1 << 20 else { return nil }
                let filled = (0..<count).map { cells.isEmpty ? 0.5 : cells[$0 % cells.count] }
                return (try? Tensor(Shape(dimensions), filled)).map {
                    Step(name: step.name, operation: step.operation, inputs: step.inputs, tensor: $0, axes: step.axes)
                }
            }
            func one(_ value: Float) -> Step? {
                var cells = cells
                if !cells.isEmpty { cells[cells.count / 2] = value }
                return shaped(dimensions, cells)
            }
            func every(_ value: (Float) -> Float) -> Step? { shaped(dimensions, cells.map(value)) }
            func last(_ length: (Int) -> Int) -> Step? {
                shaped(dimensions.dropLast() + (dimensions.last.map { [length($0)] } ?? [2]), cells)
            }
            switch self {
            case .missing: return nil
            case .flat: return shaped([cells.count], cells)
            case .deeper: return shaped(dimensions + [2], cells)
            case .transposed: return shaped(dimensions.reversed(), cells)
            case .longer: return last { $0 + 1 }
            case .shorter: return last { max(0, $0 - 1) }
            case .empty: return last { _ in 0 }
            case .scalar: return shaped([], cells)
            case .notANumber: return one(.nan)
            case .infinite: return one(.infinity)
            case .minusInfinite: return one(-.infinity)
            case .allNotANumber: return every { _ in .nan }
            case .zero: return every { _ in 0 }
            case .greatest: return every { $0 < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude }
            case .least: return every { _ in -.greatestFiniteMagnitude }
            case .tiny: return every { $0 < 0 ? -.leastNonzeroMagnitude : .leastNonzeroMagnitude }
            case .outside: return every { _ in 1e9 }
            case .negative: return every { _ in -7 }
            }
        }
    }

    /// The trace with one step changed. Its arithmetic stays, or is not known.
    static func changed(_ trace: Trace, _ place: Int, _ change: Change, keepsArithmetic: Bool) -> Trace? {
        var steps: [Step] = []
        var places: [Int: Int] = [:]
        for (old, step) in trace.steps.enumerated() {
            guard let new = old == place ? change.applied(to: step) : step else { continue }
            places[old] = steps.count
            let inputs = new.inputs.compactMap { places[$0] }
            let isKnown = keepsArithmetic && inputs.count == new.inputs.count
            steps.append(
                Step(
                    name: new.name,
                    operation: isKnown ? new.operation : new.isSource ? new.operation : Source(.unexplained),
                    inputs: isKnown ? inputs : [], tensor: new.tensor, axes: new.axes))
        }
        var changed = try? Trace(steps: steps, model: trace.model, tokens: trace.tokens)
        changed?.targetTokens = trace.targetTokens
        changed?.vocabulary = trace.vocabulary
        return changed
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var sample: Sample
        var testDescription: String { sample.name }
    }

    private static let wanted = ProcessInfo.processInfo.environment["GLASSFORMER_MUTATIONS"]
    static let isWhole = wanted == "all"
    private static let offset = wanted.flatMap { Int($0) } ?? 0

    /// Small ones of every kind; all of them where asked to.
    static let cases: [Case] = {
        let small = [Samples.everything, Samples.trained, Samples.rotary, Samples.postNorm].compactMap { $0 }
        let stacks = TranslationFigureTests.samples.filter { isWhole || ["written", "given"].contains($0.name) }
        let all = (isWhole ? Samples.all : small) + stacks + Samples.encoders
        return all.map { Case(sample: $0) }
    }()

    /// How many changes of a sample are tried.
    private static let most = isWhole ? Int.max : wanted == nil ? 150 : 600

    @Test("no figure stops the program", arguments: cases)
    func figuresHold(_ each: Case) throws {
        let sample = each.sample
        let layouts: [(Size, Language)] = [
            (.slide, .english), (.wide, .chinese), (.slide, .chinese), (.wide, .english),
        ]
        let trace = sample.trace
        let mutations = trace.steps.indices.flatMap { place in Change.allCases.map { (place, $0) } }
        let stride = Self.isWhole ? 1 : max(1, mutations.count / Self.most)
        var drawn = 0
        for (place, (step, change)) in mutations.enumerated()
        where (place + Self.offset) % stride == place / stride % stride {
            let number = place + Self.offset
            guard let lying = Self.changed(trace, step, change, keepsArithmetic: number % 2 == 0) else { continue }
            let name = trace.steps[step].name
            let ways = Self.isWhole ? layouts : [layouts[number % layouts.count]]
            for (size, language) in ways {
                var changed = sample
                changed.trace = lying
                let request = changed.request(language, size, measurer: FixedMeasurer())
                let placements = Catalogue.placements(request)
                let about = placements.filter { $0.steps.contains(name) }
                let chosen =
                    Self.isWhole
                    ? placements : [about, placements].compactMap { $0.isEmpty ? nil : $0[number % $0.count] }
                for placement in chosen {
                    check(placement, request, "\(placement.name) where \(name) is \(change)")
                    drawn += 1
                }
            }
        }
        #expect(drawn > 100)
    }

    /// Drawn, with every place on the canvas a number; or an error in one line.
    private func check(_ placement: Catalogue.Placement, _ request: FigureRequest, _ what: String) {
        do {
            let figure = try Catalogue.draw(placement, request)
            #expect(!figure.frames.isEmpty, "\(what)")
            for frame in figure.frames {
                if let ink = frame.items.ink {
                    let isSound = [ink.minX, ink.minY, ink.maxX, ink.maxY].allSatisfy { $0.isFinite }
                    #expect(isSound, "\(what): \(ink)")
                }
                let words = frame.altText + frame.caption
                #expect(!words.contains("nan") || words.contains("nan "), "\(what): \(words)")
            }
        } catch {
            let words = error.explanation
            let lines = [words.english, words.chinese]
            #expect(lines.allSatisfy { !$0.isEmpty && !$0.contains("\n") && $0.count < 600 }, "\(what): \(lines)")
        }
    }

    // MARK: What is said

    @Test("numbers that are not finite are counted, and the first is named")
    func oddNumbersAreSaid() throws {
        let sample = try #require(Samples.chinese)
        let place = try #require(sample.trace.place(of: .block(0, .pattern)))
        var lying = sample
        lying.trace = try #require(
            Self.changed(sample.trace, place, .notANumber, keepsArithmetic: false))
        for (language, words) in [(Language.english, "1 of"), (.chinese, "1 个")] {
            let request = lying.request(language, measurer: FixedMeasurer())
            for placement in Catalogue.placements(request, layers: [0])
            where placement.figure.id == AttentionPattern.id || placement.figure.id == HeadsOverview.id {
                let figure = try Catalogue.draw(placement, request)
                let alt = figure.frames.map(\.altText).joined()
                guard alt.contains("NaN") else { continue }
                #expect(alt.contains(words) && alt.contains("blocks.0.attn.pattern"), "\(alt)")
                #expect(!alt.contains("100%") && !alt.contains("合计为 1"), "\(alt)")
            }
        }
    }

    @Test("weights that do not add up to 1 are no shares", arguments: Language.allCases)
    func rowsNeedNotAddUp(_ language: Language) throws {
        let sample = try #require(Samples.chinese)
        let name = StepName.block(0, .pattern)
        var lying = sample
        lying.trace = try Trace(
            steps: sample.trace.steps.filter { $0.name.pass == 0 }.map { step in
                let isPattern = step.name == name
                let cells = step.tensor.scalars.map { isPattern ? $0 * 1.27 : $0 }
                return Step(
                    name: step.name, operation: Source(.unexplained), tensor: try Tensor(step.shape, cells),
                    axes: step.axes)
            }, model: sample.trace.model, tokens: sample.trace.tokens.filter { !$0.isGenerated })
        let request = lying.request(language, measurer: FixedMeasurer())
        for id in [AttentionPattern.id, AttentionLines.id, "one-head", "weighted-sum"] {
            let figure = try #require(Catalogue.figure(id))
            guard figure.isPossible(request) else { continue }
            let drawn = try figure.slide(request).figure(request.style)
            let texts = drawn.texts.map(\.string)
            #expect(!texts.contains { $0.contains("127%") || $0.contains("and adds up to 1") || $0.contains("合计为 1。") })
            #expect(!drawn.frames.contains { $0.altText.contains("%") }, "\(id)")
        }
        let pattern = try #require(Catalogue.figure(AttentionPattern.id)).slide(request).figure(request.style)
        #expect(pattern.texts.contains { $0.string.contains("1.27") })
    }

    @Test(
        "a row is said to be shares only where it adds up",
        arguments: [
            ([[Float]]([[0.25, 0.75], [1, 0]]), true), ([[0.25, 0.76]], true), ([[0.5, 0.77]], false),
            ([[.nan, 1]], false),
            ([[]], false), ([], false), ([[-0.5, 1.5]], false), ([[.infinity, 0]], false),
        ])
    func sharesAreRead(_ rows: [[Float]], _ areWhole: Bool) { #expect(Shares(rows).areWhole == areWhole) }
}
