// How large the pieces of a bundle may be. A writer keeps to these, a reader refuses what claims to be beyond them, and
// both therefore need a bounded memory: less than 16 MiB, whatever the file.
#pragma once

#include <cstddef>
#include <cstdint>

namespace daftar::bundle {

// Bytes of one entry.
inline constexpr size_t kMostEntry = 4 << 20;
// Bytes of the header as it is stored.
inline constexpr size_t kMostHeader = 64 << 10;
// A block is closed when it holds this much, before it is compressed; a larger entry has a block of its own.
inline constexpr size_t kBlockTarget = 256 << 10;
// Blocks of a bundle: 64 GiB at the usual size. A reader remembers 32 bytes of each.
inline constexpr size_t kMostBlocks = 1 << 18;
// Whom one bundle can be for.
inline constexpr size_t kMostRecipients = 500;
// Files that one bundle can be split into, and the least size that a file may be limited to.
inline constexpr uint32_t kMostParts = 999;
inline constexpr uint64_t kLeastPartBytes = 1024;

}  // namespace daftar::bundle
