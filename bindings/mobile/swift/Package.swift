// swift-tools-version: 6.0

import PackageDescription

// The Rust library is either built by `cargo xtask`, which sets this variable to its folder, or
// packaged for Apple's platforms by `package-xcframework.sh`.
let built = Context.environment["SERVANDA_LIBRARY"]

let ffi: Target =
    built == nil
    ? .binaryTarget(name: "ServandaFFI", path: "ServandaFFI.xcframework")
    : .systemLibrary(name: "ServandaFFI")

let link: [LinkerSetting] = built.map { folder in
    [.unsafeFlags(["-L\(folder)", "-Xlinker", "-rpath", "-Xlinker", folder])]
} ?? []

// Warnings are errors only in development.
let strict: [SwiftSetting] = built.map { _ in [.unsafeFlags(["-warnings-as-errors"])] } ?? []

let package = Package(
    name: "Servanda",
    platforms: [.macOS(.v13), .iOS(.v16)],
    products: [
        .library(name: "Servanda", targets: ["Servanda"])
    ],
    targets: [
        ffi,
        .target(name: "Servanda", dependencies: ["ServandaFFI"], swiftSettings: strict, linkerSettings: link),
        .executableTarget(
            name: "ServandaBenchmark", dependencies: ["Servanda"], swiftSettings: strict, linkerSettings: link),
        .executableTarget(
            name: "ServandaExample", dependencies: ["Servanda"], swiftSettings: strict, linkerSettings: link),
        .testTarget(name: "ServandaTests", dependencies: ["Servanda"], swiftSettings: strict, linkerSettings: link),
    ],
    swiftLanguageModes: [.v6]
)
