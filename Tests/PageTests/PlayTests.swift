import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tracing
import Training
import Wording

@testable import Page

/// What learns in the page: its numbers are those of the recipe's run, and of the page's program.
@Suite struct PlayTests {
    private let session = PlaySession(measurer: Ruler().any)

    private func ask(_ question: String) throws -> [String: Any] {
        let answer = session.ask(Array(question.utf8))
        return try #require(JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any])
    }

    private static let recipes = ["circle", "xor", "gauss", "spiral", "plane", "bumps"]

    private func recipe(_ name: String) throws -> PlaygroundRecipe {
        let path = Places.root + "/fixtures/recipes/playground-\(name).yaml"
        return try #require(try Recipes.read(path: path) as? PlaygroundRecipe)
    }

    /// The options of a recipe as the page says them.
    private func question(_ settings: PlaygroundSettings) -> String {
        let features = settings.features.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
        let hidden = settings.hidden.map { "\($0)" }.joined(separator: ",")
        return """
            {"ask":"begin","room":"playground","data":"\(settings.data.rawValue)","noise":\(settings.noise),\
            "training_share":\(settings.trainingShare),"batch":\(settings.batch),"features":[\(features)],\
            "hidden":[\(hidden)],"activation":"\(settings.activation.rawValue)",\
            "regularization":"\(settings.regularization.rawValue)",\
            "regularization_rate":\(settings.regularizationRate),"learning_rate":\(settings.learningRate),\
            "seed":\(settings.seed)}
            """
    }

    private func close(_ found: Any?, _ expected: Double?) -> Bool {
        guard let found = found as? Double, let expected else { return false }
        // Digits are read by another reader of JSON.
        return abs(found - expected) <= 1e-12 * max(abs(expected), 1e-6)
    }

    /// The losses of the first epochs are the run's, whether whole epochs are made or single updates.
    @Test(arguments: recipes) func aRunInThePageIsTheRecipesRun(_ name: String) throws {
        let recipe = try recipe(name)
        let run = try recipe.session(at: 4)
        let begun = try ask(question(recipe.settings))
        let updates = try #require(begun["updates"] as? Int)
        for record in run.records {
            let found = try ask(
                record.step % 2 == 0 ? #"{"ask":"advance","updates":\#(updates)}"# : #"{"ask":"advance","epochs":1}"#)
            #expect(found["epoch"] as? Int == record.step && found["update"] as? Int == 0)
            #expect(close(found["training_loss"], record.loss))
            #expect(close(found["test_loss"], record.measures?["test_loss"]))
        }
        #expect(run.records.count == 4)
    }

    /// What the next update is said to do, it does; and every number of it is explained as the trace explains it.
    @Test(arguments: SmallNetwork.Regularization.allCases)
    func theNextUpdateIsForetold(_ kind: SmallNetwork.Regularization) throws {
        var playground = Playground(
            PlaygroundSettings(data: .xor, hidden: [3, 2], regularization: kind, regularizationRate: 0.1))
        _ = try ask(question(playground.settings))
        for _ in 0..<3 {
            let trace = try playground.nextUpdate()
            try playground.runUpdate()
            for parameter in playground.network.model.parameters.all {
                #expect(try trace.step(parameter.name.about("updated")).tensor == parameter.tensor)
            }
            let found = try ask(#"{"ask":"explain","step":"blocks.0.neurons.W.updated","index":[1,2]}"#)
            let account = try trace.explain(StepName.block(0, .neuronWeights).about("updated"), at: [1, 2])
            #expect(close(found["value"], account.value) && !((found["sentence"] as? String) ?? "").isEmpty)
            _ = try ask(#"{"ask":"advance","updates":1}"#)
        }
    }

    @Test func weightsAreSetByHand() throws {
        _ = try ask(#"{"ask":"begin","room":"playground","hidden":[3]}"#)
        _ = try ask(#"{"ask":"set","layer":0,"index":[1,2],"value":2.5}"#)
        _ = try ask(#"{"ask":"set","layer":1,"index":[0],"value":-0.25}"#)
        let frame = try session.frame(advancing: 0, side: 4, output: 8)
        // Two by three weights after the head; then three biases, three weights, one bias.
        #expect(frame[8 + 1 * 3 + 2] == 2.5 && frame[8 + 6 + 3 + 3] == -0.25)
        let found = try ask(#"{"ask":"explain","step":"blocks.0.neurons.W","index":[1,2]}"#)
        #expect(found["value"] as? Double == 2.5)
    }

    /// What is painted: the network's own pictures, and every feature.
    @Test(arguments: recipes) func theFieldsAreTheNetworks(_ name: String) throws {
        let settings = try recipe(name).settings
        var playground = Playground(settings)
        _ = try ask(question(settings))
        let frame = try session.frame(advancing: 2, side: 8, output: 16)
        playground.runEpoch()
        playground.runEpoch()
        #expect(frame[0] == 2 && frame[2] == Float(playground.trainingLoss) && frame[3] == Float(playground.testLoss))
        let (pictures, large) = (playground.pictures(resolution: 8), playground.pictures(resolution: 16))
        var rest = frame.dropFirst(8 + playground.network.parameterCount + 64 * PlaneFeature.allCases.count)
        for neuron in pictures.neurons.joined() {
            #expect(Array(rest.prefix(64)) == neuron)
            rest = rest.dropFirst(64)
        }
        #expect(Array(rest) == large.neurons.last?.first)
    }

    @Test(arguments: [
        (#"{"ask":"advance","epochs":1}"#, "begin"), (#"{"ask":"begin","room":"playground","data":"moon"}"#, "data"),
        (#"{"ask":"begin","room":"playground","hidden":[9]}"#, "hidden"),
        (#"{"ask":"begin","room":"playground","hidden":[1,1,1,1,1,1,1]}"#, "hidden"),
        (#"{"ask":"begin","room":"playground","features":[]}"#, "features"),
        (#"{"ask":"begin","room":"playground","features":["x","z"]}"#, "features"),
        (#"{"ask":"begin","room":"attic"}"#, "room"), (#"{"ask":"begin"}"#, "room"), (#"{"ask":"sing"}"#, "sing"),
        (#"{"ask":"begin","room":"perceptron","weights":[1,1,1],"wanted":[0,1,1,0]}"#, "wanted"), ("[]", "JSON"),
        (#"{"ask":"explain","step":"blocks.0.neurons.W","index":[0,0]}"#, "begin"),
    ]) func whatIsWrongIsSaid(_ question: String, _ word: String) throws {
        let error = try #require(try ask(question)["error"] as? String)
        #expect(error.contains(word), "\(error)")
    }

    /// A rate that oversteps is an answer too, and the room stays.
    @Test func whatDivergesIsSaid() throws {
        _ = try ask(
            #"{"ask":"begin","room":"playground","data":"regress-plane","activation":"linear","learning_rate":10}"#)
        #expect(try ask(#"{"ask":"advance","epochs":50}"#)["error"] is String)
        #expect(throws: Failure.self) { try session.frame(advancing: 1, side: 2, output: 2) }
        #expect(try ask(#"{"ask":"look"}"#)["room"] as? String == "playground")
    }

    // MARK: The perceptron

    /// Every function that a line or a plane can part is learned; what cannot be is known (Muroga: 14 of 16 functions
    /// of two inputs, 104 of 256 of three).
    @Test(arguments: [(2, 14), (3, 104)]) func whatCanBeParted(inputs: Int, count: Int) throws {
        #expect(Set(TruthTable.separable(inputs)).count == count)
        let cases = 1 << inputs
        for number in 0..<1 << cases {
            let wanted = (0..<cases).map { number >> $0 & 1 == 1 }
            let least = TruthTable.leastMistakes(wanted, inputs: inputs)
            var table = try #require(
                TruthTable(
                    wanted: wanted, weights: [Double](repeating: 0, count: inputs), threshold: 0, rate: 1))
            for _ in 0..<cases * 40 where table.mistakes > 0 { table.learn() }
            #expect(table.mistakes >= least && (table.mistakes == 0) == (least == 0), "\(wanted)")
        }
    }

    @Test func aCorrectionInNumbers() throws {
        let begun = try ask(
            #"{"ask":"begin","room":"perceptron","weights":[1,1],"threshold":0.5,"wanted":[0,0,0,1],"rate":0.5}"#)
        #expect(begun["mistakes"] as? Int == 2 && begun["least"] as? Int == 0)
        // 01 is the first mistake: 1 > 0.5.
        let found = try ask(#"{"ask":"advance"}"#)
        #expect(found["weights"] as? [Double] == [1, 0.5] && found["threshold"] as? Double == 1)
        #expect(found["corrected"] as? Int == 1 && found["looked"] as? Int == 2 && found["corrections"] as? Int == 1)
        let figure = try ask(#"{"ask":"figure","name":"correction","width":500,"height":300,"names":["p","q"]}"#)
        #expect(((figure["svg"] as? String) ?? "").hasPrefix("<svg"))
        let sum = try ask(#"{"ask":"explain","step":"sum","index":[3,0]}"#)
        #expect(sum["value"] as? Double == 1.5)
        // It fires where x + y / 2 > 1: right of the line from (0.25, 1.5) to (1.25, −0.5).
        #expect(found["region"] as? [Double] == [1.25, -0.5, 1.5, -0.5, 1.5, 1.5, 0.25, 1.5])
    }

    @Test(arguments: Language.allCases) func whatNoLinePartsIsSaid(_ language: Language) throws {
        let found = try ask(
            #"{"ask":"begin","room":"perceptron","language":"\#(language.rawValue)","weights":[0,0],"wanted":[0,1,1,0]}"#
        )
        #expect(found["least"] as? Int == 1)
        let verdict = (found["verdict"] as? String) ?? ""
        #expect(verdict.contains(language == .english ? "No line can part" : "一条直线分不开"))
    }

    // MARK: The page's program

    @Test func thePagesProgramLearnsAlike() throws {
        guard let program = Twin.program else { return }
        let questions = [
            #"{"ask":"begin","room":"playground","hidden":[4,2],"seed":2}"#, #"{"ask":"advance","epochs":20}"#,
            #"{"ask":"explain","step":"blocks.0.neurons.W.updated","index":[0,1]}"#,
            #"{"ask":"begin","room":"perceptron","weights":[8,4,4],"threshold":8,"wanted":[0,0,0,0,0,1,1,1]}"#,
            #"{"ask":"figure","name":"cube","width":400,"height":400}"#,
        ]
        let twin = try Twin(Places.root + "/fixtures/reference/bert_pretraining")
        let answers = try twin.page(program, questions.map { #"{"play":\#($0)}"# })
        for (question, answer) in zip(questions, answers) {
            let own = try ask(question)
            let found = try #require(
                JSONSerialization.jsonObject(with: Data(answer.answer.utf8)) as? [String: Any])
            for name in ["training_loss", "test_loss", "value"] {
                guard let number = own[name] as? Double else { continue }
                let other = (found[name] as? Double) ?? .nan
                #expect(
                    abs(other - number) <= 1e-4 * max(abs(number), 1e-3), "\(question): \(name) \(other), \(number)")
            }
            #expect(found.keys.sorted() == own.keys.sorted() && found["error"] == nil)
            #expect((found["sentence"] as? String)?.count == (own["sentence"] as? String)?.count)
        }
    }
}
