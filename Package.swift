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
    .systemLibrary(
        name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    .systemLibrary(
        name: "CXLSXWriter", pkgConfig: "xlsxwriter",
        providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
    .target(name: "CVectorMath", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "Platform"),
    .target(name: "Wording"),
    .target(name: "Reading", dependencies: ["Platform", "Wording"]),
]

let tensorFloors: [Target] = [
    .target(
        name: "Tensors",
        dependencies: [
            "Platform", "Wording", "Reading", "CVectorMath",
            .target(name: "COpenBLAS", condition: .when(platforms: [.linux])),
        ]),
    .target(name: "Tracing", dependencies: ["Platform", "Wording", "Reading", "Tensors"]),
    .target(name: "Drawing", dependencies: ["Platform", "Wording", "Reading"]),
]

let modelFloors: [Target] = [
    .target(name: "Archives", dependencies: ["Wording", "CZip"]),
    .target(name: "Tokenizers", dependencies: ["Wording", "Reading"]),
    .target(name: "Rendering", dependencies: ["Platform", "Wording", "Reading", "Drawing", "CPangoCairo"]),
    .target(
        name: "Models", dependencies: ["Platform", "Wording", "Reading", "Tensors", "Tracing", "Tokenizers"]),
    .target(
        name: "Training",
        dependencies: [
            "CVectorMath", "Platform", "Wording", "Reading", "Tensors", "Tracing", "Tokenizers", "Models",
            .product(name: "Yams", package: "Yams"),
        ]),
]

let readerFloors: [Target] = [
    .target(
        name: "Figures",
        dependencies: [
            "Platform", "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Tokenizers", "Models", "Training",
        ]),
    .target(
        name: "Pages", dependencies: ["Wording", "Reading", "Drawing", "Rendering"],
        resources: [
            .embedInCode("Kit/base.css"), .embedInCode("Kit/figure.css"), .embedInCode("Kit/index.css"),
            .embedInCode("Kit/theme.js"), .embedInCode("Kit/nearest.js"), .embedInCode("Kit/packed.js"),
            .embedInCode("Kit/spots.js"),
            .embedInCode("Kit/figure.js"), .embedInCode("Kit/index.js"), .embedInCode("Kit/list.js"),
        ]),
    .target(name: "Decks", dependencies: ["Platform", "Wording", "Drawing", "Rendering", "Archives"]),
    .target(
        name: "Subjects",
        dependencies: [
            "Platform", "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Tokenizers", "Models", "Training",
            "Figures",
        ]),
    .target(
        name: "Workbooks",
        dependencies: [
            "Platform", "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Tokenizers", "Models", "Figures",
            "Subjects", "CXLSXWriter",
        ]),
    .target(
        name: "Page",
        dependencies: [
            "Platform", "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Rendering", "Tokenizers", "Models",
            "Training", "Figures", "Subjects", "Pages",
        ]),
    .target(
        name: "Serving",
        dependencies: [
            "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Rendering", "Models", "Figures", "Subjects",
            "Page",
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
        ]),
    .target(
        name: "Lessons",
        dependencies: [
            "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Rendering", "Tokenizers", "Models", "Training",
            "Figures", "Subjects", "Pages", "Archives", "Decks", "CMarkdown",
        ]),
    .target(
        name: "Worksheets",
        dependencies: [
            "Platform", "Wording", "Tensors", "Tracing", "Drawing", "Rendering", "Models", "Training", "Subjects",
        ]),
    .executableTarget(
        name: "glassformer",
        dependencies: [
            "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Rendering", "Tokenizers", "Models", "Training",
            "Figures", "Subjects", "Pages", "Decks", "Page", "Serving", "Lessons", "Worksheets",
            "Workbooks",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),
]

let tests: [Target] = [
    .target(name: "TestSupport", dependencies: ["Wording", "Reading", "Tensors"], path: "Tests/TestSupport"),
    .testTarget(name: "WordingTests", dependencies: ["TestSupport", "Wording"]),
    .testTarget(name: "TensorsTests", dependencies: ["TestSupport", "Wording", "Reading", "Tensors", "CVectorMath"]),
    .testTarget(name: "TracingTests", dependencies: ["TestSupport", "Wording", "Reading", "Tracing", "Tensors"]),
    .testTarget(name: "DrawingTests", dependencies: ["TestSupport", "Wording", "Drawing"]),
    .testTarget(name: "TokenizersTests", dependencies: ["TestSupport", "Wording", "Reading", "Tokenizers"]),
    .testTarget(name: "RenderingTests", dependencies: ["TestSupport", "Rendering", "Drawing"]),
    .testTarget(
        name: "ModelsTests",
        dependencies: ["TestSupport", "Reading", "Models", "Tracing", "Tensors", "Tokenizers", "Wording"]),
    .testTarget(
        name: "TrainingTests",
        dependencies: ["TestSupport", "Wording", "Training", "Models", "Tracing", "Tensors", "Tokenizers"]),
    // Every figure there is, and what must hold for it: for the tests, and for `make gallery`.
    .target(
        name: "Gallery",
        dependencies: [
            "TestSupport", "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Rendering", "Tokenizers", "Models",
            "Figures", "Subjects",
        ], path: "Tests/Gallery"),
    .executableTarget(
        name: "gallery-tool",
        dependencies: ["Gallery", "TestSupport", "Wording", "Drawing", "Rendering", "Subjects", "Pages"],
        path: "Tests/GalleryTool"),
    .testTarget(
        name: "FiguresTests",
        dependencies: [
            "TestSupport", "Wording", "Tensors", "Tracing", "Drawing", "Rendering", "Tokenizers", "Models", "Training",
            "Figures", "Subjects", "Gallery",
        ], exclude: ["Goldens"]),
    .testTarget(
        name: "SubjectsTests",
        dependencies: [
            "TestSupport", "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Rendering", "Models", "Training",
            "Figures",
            "Subjects",
        ]),
    .testTarget(name: "DecksTests", dependencies: ["TestSupport", "Wording", "Drawing", "Decks"]),
    .testTarget(
        name: "PagesTests", dependencies: ["TestSupport", "Wording", "Reading", "Drawing", "Pages"]),
    .testTarget(
        name: "PageTests",
        dependencies: [
            "TestSupport", "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Models", "Training", "Subjects",
            "Page",
        ],
        exclude: ["ask.mjs"]),
    .testTarget(
        name: "ServingTests",
        dependencies: ["TestSupport", "Platform", "Wording", "Reading", "Rendering", "Models", "Page", "Serving"]),
    .testTarget(
        name: "WorksheetsTests",
        dependencies: ["TestSupport", "Wording", "Tensors", "Tracing", "Drawing", "Rendering", "Worksheets"]),
    .testTarget(
        name: "WorkbooksTests",
        dependencies: ["TestSupport", "Wording", "Tensors", "Tracing", "Subjects", "Workbooks"]),
    .testTarget(
        name: "LessonsTests", dependencies: ["TestSupport", "Drawing", "Lessons", "Figures", "Subjects", "Models"]),
    .testTarget(
        name: "CommandTests",
        dependencies: [
            "TestSupport", "glassformer", "Wording", "Reading", "Tensors", "Tracing", "Drawing", "Rendering", "Figures",
            "Pages", "Subjects",
        ]),
]

// What tests a target need not be optimised itself: a quarter of a build from nothing went there.
for test in tests where test.name != "Gallery" { test.swiftSettings = [.unsafeFlags(["-Onone"])] }

let package = Package(
    name: "glassformer",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "glassformer", targets: ["glassformer"]),
        .library(
            name: "Glassformer",
            targets: [
                "Reading", "Tensors", "Tracing", "Drawing", "Tokenizers", "Models",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.65.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
    ],
    targets: systemFloor + tensorFloors + modelFloors + readerFloors + tests,
    swiftLanguageModes: [.v6]
)
