// swift-tools-version: 6.0
// The floor plan: a target may import only targets on lower floors (see docs in CONTRIBUTING.md).
import PackageDescription

let systemFloor: [Target] = [
    .systemLibrary(
        name: "CPangoCairo", pkgConfig: "pangocairo",
        providers: [.apt(["libpango1.0-dev"]), .brew(["pango"])]),
    .systemLibrary(
        name: "COpenBLAS", pkgConfig: "openblas",
        providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
        name: "CMarkdown", pkgConfig: "libcmark-gfm",
        providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
    .target(name: "CVectorMath", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "Wording"),
]

let tensorFloors: [Target] = [
    .target(
        name: "Tensors",
        dependencies: [
            "Wording", "CVectorMath", .target(name: "COpenBLAS", condition: .when(platforms: [.linux])),
        ]),
    .target(name: "Tracing", dependencies: ["Wording", "Tensors"]),
    .target(name: "Drawing", dependencies: ["Wording"]),
]

let modelFloors: [Target] = [
    .target(name: "Tokenizers", dependencies: ["Wording"]),
    .target(name: "Rendering", dependencies: ["Wording", "Drawing", "CPangoCairo"]),
    .target(name: "Models", dependencies: ["Wording", "Tensors", "Tracing", "Tokenizers"]),
    .target(
        name: "Training",
        dependencies: [
            "CVectorMath", "Wording", "Tensors", "Tracing", "Tokenizers", "Models",
            .product(name: "Yams", package: "Yams"),
        ]),
]

let readerFloors: [Target] = [
    .target(
        name: "Figures",
        dependencies: [
            "Wording", "Tensors", "Tracing", "Drawing", "Tokenizers", "Models", "Training",
        ]),
    .target(
        name: "Lessons",
        dependencies: [
            "Wording", "Tensors", "Tracing", "Drawing", "Rendering", "Tokenizers", "Models", "Figures", "CMarkdown",
            .product(name: "Yams", package: "Yams"),
        ]),
    .executableTarget(
        name: "glassformer",
        dependencies: [
            "Wording", "Tensors", "Tracing", "Drawing", "Rendering", "Tokenizers", "Models", "Training", "Figures",
            "Lessons", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),
]

let tests: [Target] = [
    .target(name: "TestSupport", dependencies: ["Tensors"], path: "Tests/TestSupport"),
    .testTarget(name: "WordingTests", dependencies: ["TestSupport", "Wording"]),
    .testTarget(name: "TensorsTests", dependencies: ["TestSupport", "Tensors", "CVectorMath"]),
    .testTarget(name: "TracingTests", dependencies: ["TestSupport", "Tracing", "Tensors", "Wording"]),
    .testTarget(name: "DrawingTests", dependencies: ["TestSupport", "Drawing"]),
    .testTarget(name: "TokenizersTests", dependencies: ["TestSupport", "Tokenizers"]),
    .testTarget(name: "RenderingTests", dependencies: ["TestSupport", "Rendering", "Drawing"]),
    .testTarget(
        name: "ModelsTests", dependencies: ["TestSupport", "Models", "Tracing", "Tensors", "Tokenizers", "Wording"]),
    .testTarget(
        name: "TrainingTests", dependencies: ["TestSupport", "Training", "Models", "Tracing", "Tensors", "Tokenizers"]),
    .testTarget(
        name: "FiguresTests",
        dependencies: [
            "TestSupport", "Wording", "Tensors", "Tracing", "Drawing", "Rendering", "Tokenizers", "Models", "Training",
            "Figures",
        ], exclude: ["Goldens"]),
    .testTarget(name: "LessonsTests", dependencies: ["TestSupport", "Lessons", "Figures", "Models"]),
    .testTarget(
        name: "CommandTests",
        dependencies: ["TestSupport", "glassformer", "Wording", "Tensors", "Tracing", "Rendering"]),
]

let package = Package(
    name: "glassformer",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "glassformer", targets: ["glassformer"]),
        .library(
            name: "Glassformer",
            targets: [
                "Tensors", "Tracing", "Drawing", "Tokenizers", "Rendering", "Models", "Training", "Figures", "Lessons",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
    ],
    targets: systemFloor + tensorFloors + modelFloors + readerFloors + tests,
    swiftLanguageModes: [.v6]
)
