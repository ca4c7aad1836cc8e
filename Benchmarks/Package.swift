// swift-tools-version: 6.0
// A package of its own, so that nobody who builds or tests the project pays for it.
import PackageDescription

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "glassformer", path: "..")],
    targets: [
        .executableTarget(
            name: "benchmarks", dependencies: [.product(name: "Glassformer", package: "glassformer")]),
        .executableTarget(name: "traced", dependencies: [.product(name: "Glassformer", package: "glassformer")]),
        .executableTarget(
            name: "tokenizing", dependencies: [.product(name: "Glassformer", package: "glassformer")]),
    ],
    swiftLanguageModes: [.v6]
)
