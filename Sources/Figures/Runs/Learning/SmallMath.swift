import Drawing
import Models
import Platform
import Tensors
import Tokenizers
import Tracing
import Wording

/// The few functions that axes need, without Foundation.
enum SmallMath {
    static func log(_ value: Double) -> Double {
        Platform.log(value)
    }
}
