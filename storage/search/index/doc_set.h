// A set of documents inside one chunk of 65,536, the unit in which queries are evaluated: small enough that everything
// of a query stays in the processor's cache, and between two chunks a query can be stopped.
//
// Our own rather than a library's bitmap: sets are read from stored bytes that may be damaged, each number checked on
// the way in, into memory that is used again for the next chunk.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "storage/search/index/coding.h"

namespace daftar::search {

inline constexpr uint32_t kChunkDocs = 65536;

// A set in its stored form, looked at where it lies: varint size, then the documents as u16 up to kSparse of them, else
// 8 KiB of bits. Lists are not packed any tighter: a set is read far more often than written, and thus never decoded.
class StoredSet {
 public:
  static constexpr uint32_t kSparse = 4096;
  static constexpr size_t kBytesOfBits = kChunkDocs / 8;

  // Passes over a set, whose bytes are borrowed; fails the reader where there is none. A size that does not fit the
  // bits, or a list out of order, is not found here: it is no danger, and the checksum of the block stands against it.
  static StoredSet Read(Reader& in);

  uint32_t size() const { return size_; }
  bool dense() const { return size_ > kSparse; }
  std::string_view bytes() const { return bytes_; }
  bool Has(uint16_t doc) const;

 private:
  uint32_t size_ = 0;
  std::string_view bytes_;
};

class DocSet {
 public:
  static constexpr size_t kWords = kChunkDocs / 64;
  using Bits = std::array<uint64_t, kWords>;

  DocSet() = default;
  // Copies own their bits.
  DocSet(const DocSet& other);
  DocSet& operator=(const DocSet& other);
  // Leaves the other one empty.
  DocSet(DocSet&& other) noexcept;
  DocSet& operator=(DocSet&& other) noexcept;
  // The first `count` documents of a chunk. REQUIRES: count <= kChunkDocs.
  static DocSet FirstOf(uint32_t count);

  bool empty() const { return size_ == 0; }
  uint32_t size() const { return size_; }
  bool Has(uint16_t doc) const {
    return dense_ ? (Word(doc / 64) >> (doc % 64) & 1) != 0 : std::binary_search(list_.begin(), list_.end(), doc);
  }
  void Clear();
  // Whether the documents are a list, and then the list.
  bool sparse() const { return !dense_; }
  const std::vector<uint16_t>& list() const { return list_; }

  // Adds a document behind all others. REQUIRES: ascending.
  void Append(uint16_t doc);
  // Adds documents that are sorted, each once.
  void Assign(std::vector<uint16_t>&& sorted);

  void And(const DocSet& other);
  void AndNot(const DocSet& other);
  void Or(const DocSet& other);
  // Keeps the documents first <= doc < end.
  void KeepRange(uint32_t first, uint32_t end);
  uint32_t AndSize(const DocSet& other) const;

  // Calls visit(uint16_t) in ascending order.
  template <typename Visit>
  void ForEach(Visit visit) const {
    if (!dense_) {
      for (const uint16_t doc : list_) visit(doc);
      return;
    }
    for (size_t word = 0; word < kWords; ++word) {
      for (uint64_t bits = Word(word); bits != 0; bits &= bits - 1) {
        visit(static_cast<uint16_t>(word * 64 + static_cast<size_t>(__builtin_ctzll(bits))));
      }
    }
  }
  // The first, or last, `limit` documents, ascending.
  std::vector<uint16_t> First(size_t limit) const;
  std::vector<uint16_t> Last(size_t limit) const;

  // Makes ready for Or with many small sets.
  void ExpectMany() { MakeDense(); }

  // Appends the stored form.
  void Encode(std::string& out) const;
  // Replaces the set; bits are borrowed from the stored ones.
  void Assign(const StoredSet& stored);
  // The same from the bytes read. False if these are not the stored form of a set.
  bool Decode(Reader& in);

 private:
  friend class RankWalk;
  static constexpr uint32_t kSparse = StoredSet::kSparse;

  uint64_t Word(size_t index) const {
    uint64_t word;
    std::memcpy(&word, raw_ + index * sizeof(word), sizeof(word));
    return word;
  }
  void MakeDense();
  void MakeSparse();
  // Before bits are changed.
  void OwnBits();
  // After an operation on bits.
  void Recount();

  bool dense_ = false;
  uint32_t size_ = 0;
  std::vector<uint16_t> list_;  // if not dense
  const char* raw_ = nullptr;   // if dense: the bits, own or borrowed
  std::unique_ptr<Bits> bits_;  // own ones; kept for later while there are none
};

// How many documents of a set come before one of them. The set must not change meanwhile.
class RankWalk {
 public:
  explicit RankWalk(const DocSet& set) : set_(set) {}

  // REQUIRES: in the set; ascending.
  uint32_t RankOf(uint16_t doc) {
    if (!set_.dense_) {
      const auto from = set_.list_.begin() + before_;
      before_ += static_cast<uint32_t>(std::lower_bound(from, set_.list_.end(), doc) - from);
      return before_;
    }
    for (; word_ < doc / 64u; ++word_) before_ += static_cast<uint32_t>(__builtin_popcountll(set_.Word(word_)));
    return before_ + static_cast<uint32_t>(__builtin_popcountll(set_.Word(word_) & ((uint64_t{1} << doc % 64) - 1)));
  }

 private:
  const DocSet& set_;
  uint32_t before_ = 0;  // documents before words_ * 64, or the place in the list
  size_t word_ = 0;
};

}  // namespace daftar::search
