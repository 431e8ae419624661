#include "storage/search/index/dictionary.h"

#include <algorithm>

#include "storage/search/index/index_doc.h"

namespace daftar::search {
namespace {

// With LMDB's page header and our tag a block of this size fills a page.
constexpr size_t kBlockBytes = 4072;
constexpr size_t kLongestTerm = 1024;

Status Damaged() { return DataLoss("a block of the dictionary of the text index is damaged"); }

size_t SharedBytes(std::string_view a, std::string_view b) {
  return static_cast<size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<long>(std::min(a.size(), b.size())), b.begin()).first -
      a.begin());
}

bool HasPositions(std::string_view term) { return !term.empty() && term[0] == term_class::kWord; }

// Where the postings or positions of a term lie. `expected`: behind those of the term before, then behind these.
void TakeRange(Reader& in, uint64_t& at, uint64_t& size, uint64_t& expected) {
  at = expected + static_cast<uint64_t>(in.Zigzag());
  size = in.Varint();
  expected = at + size;
}

// The smallest string behind all that begin with `prefix`; empty if there is none.
std::string Behind(std::string_view prefix) {
  std::string behind(prefix);
  while (!behind.empty() && behind.back() == '\xff') behind.pop_back();
  if (!behind.empty()) behind.back() = static_cast<char>(static_cast<unsigned char>(behind.back()) + 1);
  return behind;
}

}  // namespace

Status DictionaryWriter::Add(std::string_view term, const TermRef& ref) {
  const size_t shared = block_.empty() ? 0 : SharedBytes(last_, term);
  std::string entry;
  PutVarint(entry, shared);
  PutVarint(entry, term.size() - shared);
  entry += term.substr(shared);
  PutVarint(entry, ref.docs);
  const auto put_range = [&entry](uint64_t at, uint64_t size, uint64_t& expected) {
    PutZigzag(entry, static_cast<int64_t>(at - expected));
    PutVarint(entry, size);
    expected = at + size;
  };
  if (block_.empty()) {
    firsts_.emplace_back(term);
    PutVarint(block_, ref.postings_at);
    PutVarint(block_, ref.positions_at);
    postings_next_ = ref.postings_at;
    positions_next_ = ref.positions_at;
  }
  put_range(ref.postings_at, ref.postings_size, postings_next_);
  if (HasPositions(term)) put_range(ref.positions_at, ref.positions_size, positions_next_);
  if (block_.size() + entry.size() > kBlockBytes && firsts_.back() != term) {
    DAFTAR_RETURN_IF_ERROR(
        sink_.Write(segment_, Section::kDictionary, static_cast<uint32_t>(firsts_.size() - 1), block_));
    block_.clear();
    return Add(term, ref);
  }
  block_ += entry;
  last_ = term;
  return OkStatus();
}

Status DictionaryWriter::Finish() {
  if (block_.empty()) return OkStatus();
  return sink_.Write(segment_, Section::kDictionary, static_cast<uint32_t>(firsts_.size() - 1), block_);
}

StatusOr<std::optional<TermRef>> FindTerm(const BlockSource& source, uint32_t segment,
                                          const std::vector<std::string>& firsts, std::string_view term) {
  const auto after = std::upper_bound(firsts.begin(), firsts.end(), term);
  if (after == firsts.begin()) return std::optional<TermRef>();
  const uint32_t number = static_cast<uint32_t>(after - firsts.begin() - 1);
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view block, source.Read(segment, Section::kDictionary, number));
  Reader in(block);
  uint64_t postings_next = in.Varint(), positions_next = in.Varint();
  char term_class = '\0';  // of the term of the block last read
  // Bytes that the term of the block last read, which comes before ours, has in common with ours. No term is put
  // together: what the next one shares with it tells on which side of ours it lies.
  size_t matched = 0;
  TermRef ref;
  while (!in.done()) {
    const uint64_t shared = in.Varint(kLongestTerm);
    const std::string_view rest = in.Bytes(in.Varint(kLongestTerm));
    ref.docs = static_cast<uint32_t>(in.Varint(UINT32_MAX));
    ref.postings_at = postings_next + static_cast<uint64_t>(in.Zigzag());
    ref.postings_size = in.Varint();
    postings_next = ref.postings_at + ref.postings_size;
    if (shared == 0 && !rest.empty()) term_class = rest[0];
    if (HasPositions(std::string_view(&term_class, 1))) {
      ref.positions_at = positions_next + static_cast<uint64_t>(in.Zigzag());
      ref.positions_size = in.Varint();
      positions_next = ref.positions_at + ref.positions_size;
    }
    if (!in.ok()) return Damaged();
    if (shared > matched) continue;
    if (shared < matched) return std::optional<TermRef>();
    const size_t same = SharedBytes(rest, term.substr(matched));
    matched += same;
    if (same < rest.size() &&
        (matched == term.size() || static_cast<unsigned char>(rest[same]) > static_cast<unsigned char>(term[matched])))
      return std::optional<TermRef>();
    if (same == rest.size() && matched == term.size()) return std::optional<TermRef>(ref);
  }
  return std::optional<TermRef>();
}

Status DictionaryCursor::LoadBlock(size_t block) {
  block_ = block;
  term_.clear();
  valid_ = block < firsts_.size();
  if (!valid_) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes,
                          source_.Read(segment_, Section::kDictionary, static_cast<uint32_t>(block)));
  if (source_.lends_for_long()) {
    in_ = Reader(bytes);
  } else {
    own_block_ = bytes;
    in_ = Reader(own_block_);
  }
  postings_next_ = in_.Varint();
  positions_next_ = in_.Varint();
  return Step();
}

Status DictionaryCursor::Step() {
  shared_ = in_.Varint(term_.size());
  const std::string_view rest = in_.Bytes(in_.Varint(kLongestTerm));
  term_.resize(shared_);
  term_ += rest;
  ref_ = TermRef();
  ref_.docs = static_cast<uint32_t>(in_.Varint(UINT32_MAX));
  TakeRange(in_, ref_.postings_at, ref_.postings_size, postings_next_);
  if (HasPositions(term_)) TakeRange(in_, ref_.positions_at, ref_.positions_size, positions_next_);
  if (in_.ok() && !term_.empty() && term_.size() <= kLongestTerm) return OkStatus();
  valid_ = false;
  return Damaged();
}

Status DictionaryCursor::Next() {
  if (!in_.done()) return Step();
  const std::string before = term_;
  DAFTAR_RETURN_IF_ERROR(LoadBlock(block_ + 1));
  if (valid_) shared_ = SharedBytes(before, term_);
  return OkStatus();
}

Status DictionaryCursor::Seek(std::string_view from) {
  const auto after = std::upper_bound(firsts_.begin(), firsts_.end(), from);
  const size_t block = after == firsts_.begin() ? 0 : static_cast<size_t>(after - firsts_.begin()) - 1;
  DAFTAR_RETURN_IF_ERROR(LoadBlock(block));
  while (valid_ && term_ < from) DAFTAR_RETURN_IF_ERROR(Next());
  shared_ = 0;
  return OkStatus();
}

Status DictionaryCursor::Skip(size_t bytes) {
  const std::string before = term_;
  const std::string_view prefix = std::string_view(before).substr(0, bytes);
  if (block_ + 1 >= firsts_.size() || !firsts_[block_ + 1].starts_with(prefix)) {
    // The end is in this block, or is the first term of the next. While each term shares so many bytes with the one
    // before, all begin alike: none needs to be put together.
    const bool positions = HasPositions(term_);
    size_t least = before.size();
    while (!in_.done()) {
      const Reader entry = in_;
      const uint64_t shared = in_.Varint();
      if (shared < bytes && in_.ok()) {
        in_ = entry;
        break;
      }
      least = std::min<size_t>(least, shared);
      in_.Bytes(in_.Varint(kLongestTerm));
      in_.Varint();
      uint64_t at = 0, size = 0;
      TakeRange(in_, at, size, postings_next_);
      if (positions) TakeRange(in_, at, size, positions_next_);
      if (in_.ok()) continue;
      valid_ = false;
      return Damaged();
    }
    DAFTAR_RETURN_IF_ERROR(Next());
    shared_ = std::min(least, shared_);
    return OkStatus();
  }
  const std::string behind = Behind(prefix);
  if (behind.empty()) {
    valid_ = false;
    return OkStatus();
  }
  const auto after = std::upper_bound(firsts_.begin() + static_cast<long>(block_), firsts_.end(), behind);
  DAFTAR_RETURN_IF_ERROR(LoadBlock(static_cast<size_t>(after - firsts_.begin()) - 1));
  while (valid_ && term_ < behind) DAFTAR_RETURN_IF_ERROR(Next());
  if (valid_) shared_ = SharedBytes(before, term_);
  return OkStatus();
}

}  // namespace daftar::search
