import Drawing
import Figures
import Models
import Rendering
import TestSupport
import Testing
import Tracing
import Training
import Wording

@Suite struct ParallelFigureTests {
    private static let texts = ["我爱吃苹果", "the cat sat on the mat", "中华人民", "张麻子正在打李麻子", "我爱中国"]

    private static func model() throws -> LanguageModel {
        try LanguageModel.load(folder: Places.root + "/fixtures/models/next-word")
    }

    private static func data(_ model: LanguageModel, workers: Int) throws -> (DataParallelRecord, [[String]]) {
        let task = try TextBatchTask(texts: texts.map { try model.encode($0) })
        var trainer = try DataParallelTrainer<TextBatchTask>(
            model: model.decoder,
            settings: TrainingSettings(
                steps: 1, batch: 5, schedule: Schedule(rate: 0.001, warmUp: 0, shape: .constant, steps: 1)),
            workers: workers)
        let record = try trainer.update(task, on: task.examples)
        let examples = TextBatchTask.ranges(of: texts.count, parts: workers).map { Array(texts[$0]) }
        return (record, examples)
    }

    private static func tensor(_ model: LanguageModel, _ ids: [Int], workers: Int) throws -> (TensorParallelRun, Trace)
    {
        let recorder = Recorder()
        _ = try NextTokenBatch(inputs: [ids], targets: [Array(ids.dropFirst()) + [-1]]).loss(
            of: model.decoder, recorder: recorder)
        let whole = recorder.trace(model: model.card, tokens: ids.map { model.token($0) })
        return (try TensorParallelRun(whole, workers: workers), whole)
    }

    /// Nothing overlaps, everything has words, no glyph is missing: at every size, in both languages.
    private func check(_ slide: Slide) throws {
        for size in [Size.slide, .wide, .square] {
            for language in Language.allCases {
                for measurer in [PangoMeasurer() as any TextMeasurer, FixedMeasurer()] {
                    let style = SlideStyle(size: size, language: language, measurer: measurer)
                    let figure: Figure
                    do {
                        figure = try slide.figure(style)
                    } catch {
                        let least = try #require(error.leastSize, "\(error)")
                        #expect(size == .wide)
                        // Eight workers need their height, and the error names it.
                        #expect(least.height > size.height && least.height < 900)
                        continue
                    }
                    let name = "\(slide.id) \(language.rawValue) \(size)"
                    #expect(figure.faults.isEmpty, "\(name): \(figure.faults.prefix(3))")
                    for frame in figure.frames {
                        #expect(!frame.altText.isEmpty && !frame.altText.contains("{"), "\(name)")
                        let canvas = Rect(origin: .zero, size: size).outset(by: 0.5)
                        #expect(frame.hotSpots.allSatisfy { canvas.contains($0.rect) && !$0.words.isEmpty }, "\(name)")
                    }
                    if let pango = measurer as? PangoMeasurer {
                        for text in Set(figure.texts.map(\.string)) {
                            #expect(pango.unknownGlyphs(in: text) == 0, "\(name): \(text)")
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3, 8]) func dataParallel(_ workers: Int) throws {
        let (record, examples) = try Self.data(Self.model(), workers: workers)
        let slide = DataParallelFigure.slide(record: record, examples: examples)
        #expect(slide.frames.count == 2 * workers - 1)
        try check(slide)
        let alone = try Self.data(Self.model(), workers: 1).0.holdings[0]
        try check(HoldingsFigure.slide(holdings: record.holdings, alone: alone, subtitle: "…"))
    }

    @Test(arguments: [1, 2, 4], TensorParallelFigure.Part.allCases)
    func tensorParallel(_ workers: Int, _ part: TensorParallelFigure.Part) throws {
        let model = try Self.model()
        let (run, whole) = try Self.tensor(model, model.encode("中华人民"), workers: workers)
        let slide = try TensorParallelFigure.slide(run: run, whole: whole, part: part, layer: 3)
        try check(slide)
        // What is written under the workers' names are the trace's own numbers.
        let style = SlideStyle(language: .english, measurer: FixedMeasurer())
        let texts = Set(try slide.figure(style).texts.map(\.string))
        let name = StepName.block(3, part == .attention ? .attentionOut : .feedForwardOut)
        let last = whole.tokens.count - 1
        for tensor in run.parts(of: name) + [try whole.step(name).tensor] {
            let number = Numbers.fixed(Double(tensor.cell([0, last, 0]) ?? .nan), decimals: 3)
            #expect(texts.contains(number), "\(number)")
        }
    }

    @Test func eightHeadsForEightWorkers() throws {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(vocabularySize: 20, context: 8, width: 16, layers: 1, heads: 8), seed: 1
        )
        let model = LanguageModel(name: "eight", folder: "", family: "gpt2", decoder: decoder, tokenizer: nil)
        let (run, whole) = try Self.tensor(model, [1, 2, 3], workers: 8)
        for part in TensorParallelFigure.Part.allCases {
            try check(try TensorParallelFigure.slide(run: run, whole: whole, part: part))
        }
    }
}
