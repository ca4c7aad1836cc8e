// How fast a tokenizer reads a text, on one core: `swift run -c release tokenizing TOKENIZER FILE`.
// Prints megabytes a second, the median of seven runs, and the number of tokens. `tokenizing.py` compares.
import Foundation
import Tokenizers

guard CommandLine.arguments.count == 3,
    let tokenizer = try TokenizerFile.load(CommandLine.arguments[1]).bytePairs
else {
    print("tokenizing TOKENIZER FILE")
    exit(2)
}
let text = Array(try Data(contentsOf: URL(filePath: CommandLine.arguments[2])))
var tokens = 0
let times = (0..<7).map { _ in ContinuousClock().measure { tokens = tokenizer.encode(bytes: text).count } }.sorted()
print(Double(text.count) / 1e6 / (times[3] / .seconds(1)), tokens)
