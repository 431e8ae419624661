// The dictionary of a segment: its terms in order, each with where its postings lie.
//
// Stored form of a block of about 4 KB: varint, varint: where the first term's postings and positions begin; then per
// term: varint bytes shared with the term before, varint length of the rest, the rest, varint documents, zigzag how far
// the postings begin from where they were expected (behind those of the term before), varint their length; for words
// the same of positions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/search/index/postings.h"

namespace daftar::search {

class DictionaryWriter {
 public:
  DictionaryWriter(BlockSink& sink, uint32_t segment) : sink_(sink), segment_(segment) {}

  // REQUIRES: terms ascending, each once.
  Status Add(std::string_view term, const TermRef& ref);
  Status Finish();
  // The first term of each block.
  const std::vector<std::string>& firsts() const { return firsts_; }

 private:
  BlockSink& sink_;
  const uint32_t segment_;
  std::string block_, last_;
  uint64_t postings_next_ = 0, positions_next_ = 0;
  std::vector<std::string> firsts_;
};

// Looks one term up; nullopt if it is not there.
StatusOr<std::optional<TermRef>> FindTerm(const BlockSource& source, uint32_t segment,
                                          const std::vector<std::string>& firsts, std::string_view term);

// Walks a dictionary upwards.
class DictionaryCursor {
 public:
  DictionaryCursor(const BlockSource& source, uint32_t segment, const std::vector<std::string>& firsts)
      : source_(source), segment_(segment), firsts_(firsts) {}

  // Goes to the first term >= `from`.
  Status Seek(std::string_view from);
  bool valid() const { return valid_; }
  Status Next();
  // REQUIRES: valid(). The views live until the next move.
  std::string_view term() const { return term_; }
  const TermRef& ref() const { return ref_; }
  // Bytes that the term shares with the one before it in this walk; 0 for the first.
  size_t shared() const { return shared_; }
  // Goes to the first term that does not begin with the first `bytes` bytes of this one.
  Status Skip(size_t bytes);

 private:
  Status LoadBlock(size_t block);
  Status Step();

  const BlockSource& source_;
  const uint32_t segment_;
  const std::vector<std::string>& firsts_;
  size_t block_ = 0;
  std::string own_block_;  // a copy, from a source that lends for a short time
  Reader in_{""};
  bool valid_ = false;
  std::string term_;
  TermRef ref_;
  size_t shared_ = 0;
  uint64_t postings_next_ = 0, positions_next_ = 0;
};

}  // namespace daftar::search
