#include "storage/search/index/doc_set.h"

#include <algorithm>
#include <utility>

// One copy of the loops over bits for processors that count bits in one instruction, chosen when the program starts.
// Not under sanitizers, which do not stand the way in which it is chosen.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define DAFTAR_FAST_BITS __attribute__((target_clones("avx2", "default")))
#else
#define DAFTAR_FAST_BITS
#endif

namespace daftar::search {
namespace {

uint64_t WordAt(const char* raw, size_t index) {
  uint64_t word;
  std::memcpy(&word, raw + index * sizeof(word), sizeof(word));
  return word;
}

DAFTAR_FAST_BITS uint32_t CountOf(const char* bits) {
  uint64_t count = 0;
  for (size_t i = 0; i < DocSet::kWords; ++i) {
    count += static_cast<uint64_t>(__builtin_popcountll(WordAt(bits, i)));
  }
  return static_cast<uint32_t>(count);
}

DAFTAR_FAST_BITS uint32_t CountOfBoth(const char* a, const char* b) {
  uint64_t count = 0;
  for (size_t i = 0; i < DocSet::kWords; ++i) {
    count += static_cast<uint64_t>(__builtin_popcountll(WordAt(a, i) & WordAt(b, i)));
  }
  return static_cast<uint32_t>(count);
}

bool IsSet(const char* raw, uint16_t doc) { return (WordAt(raw, doc / 64) >> (doc % 64) & 1) != 0; }

// How much longer the long list must be for it to pay to search in it rather than to walk it.
constexpr size_t kSearchPays = 32;

std::vector<uint16_t> Both(const std::vector<uint16_t>& a, const std::vector<uint16_t>& b) {
  const auto& small = a.size() < b.size() ? a : b;
  const auto& large = a.size() < b.size() ? b : a;
  std::vector<uint16_t> both;
  both.reserve(small.size());
  if (large.size() / (small.size() + 1) < kSearchPays) {
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both;
  }
  auto from = large.begin();
  for (const uint16_t doc : small) {
    from = std::lower_bound(from, large.end(), doc);
    if (from == large.end()) break;
    if (*from == doc) both.push_back(doc);
  }
  return both;
}

}  // namespace

StoredSet StoredSet::Read(Reader& in) {
  StoredSet set;
  const uint32_t size = static_cast<uint32_t>(in.Varint(kChunkDocs));
  set.bytes_ = in.Bytes(size > kSparse ? kBytesOfBits : size * sizeof(uint16_t));
  if (in.ok()) set.size_ = size;
  return set;
}

bool StoredSet::Has(uint16_t doc) const {
  if (dense()) return IsSet(bytes_.data(), doc);
  size_t low = 0, high = size_;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    const uint16_t there = RawAt<uint16_t>(bytes_, middle * sizeof(uint16_t));
    if (there == doc) return true;
    there < doc ? low = middle + 1 : high = middle;
  }
  return false;
}

DocSet::DocSet(const DocSet& other) { *this = other; }

DocSet& DocSet::operator=(const DocSet& other) {
  if (this == &other) return *this;
  dense_ = other.dense_;
  size_ = other.size_;
  list_ = other.list_;
  if (!dense_) return *this;
  if (bits_ == nullptr) bits_ = std::make_unique<Bits>();
  std::memcpy(bits_->data(), other.raw_, sizeof(Bits));
  raw_ = reinterpret_cast<const char*>(bits_->data());
  return *this;
}

DocSet::DocSet(DocSet&& other) noexcept { *this = std::move(other); }

DocSet& DocSet::operator=(DocSet&& other) noexcept {
  std::swap(bits_, other.bits_);
  std::swap(raw_, other.raw_);
  std::swap(list_, other.list_);
  dense_ = std::exchange(other.dense_, false);
  size_ = std::exchange(other.size_, 0);
  other.list_.clear();
  return *this;
}

DocSet DocSet::FirstOf(uint32_t count) {
  DocSet set;
  set.MakeDense();
  for (uint32_t word = 0; word < count / 64; ++word) (*set.bits_)[word] = ~uint64_t{0};
  if (count % 64 != 0) (*set.bits_)[count / 64] = (uint64_t{1} << (count % 64)) - 1;
  set.size_ = count;
  return set;
}

void DocSet::Clear() {
  dense_ = false;
  size_ = 0;
  list_.clear();
}

void DocSet::Append(uint16_t doc) {
  if (!dense_ && size_ == kSparse) MakeDense();
  ++size_;
  if (!dense_) return list_.push_back(doc);
  OwnBits();
  (*bits_)[doc / 64] |= uint64_t{1} << (doc % 64);
}

void DocSet::Assign(std::vector<uint16_t>&& sorted) {
  dense_ = false;
  list_ = std::move(sorted);
  size_ = static_cast<uint32_t>(list_.size());
  if (size_ > kSparse) MakeDense();
}

void DocSet::OwnBits() {
  if (bits_ == nullptr) bits_ = std::make_unique<Bits>();
  const char* own = reinterpret_cast<const char*>(bits_->data());
  if (raw_ == own) return;
  std::memcpy(bits_->data(), raw_, sizeof(Bits));
  raw_ = own;
}

void DocSet::MakeDense() {
  if (dense_) return;
  if (bits_ == nullptr) bits_ = std::make_unique<Bits>();
  raw_ = reinterpret_cast<const char*>(bits_->data());
  bits_->fill(0);
  for (const uint16_t doc : list_) (*bits_)[doc / 64] |= uint64_t{1} << (doc % 64);
  list_.clear();
  dense_ = true;
}

void DocSet::MakeSparse() {
  std::vector<uint16_t> list;
  list.reserve(size_);
  ForEach([&list](uint16_t doc) { list.push_back(doc); });
  list_ = std::move(list);
  dense_ = false;
}

void DocSet::Recount() {
  size_ = CountOf(raw_);
  if (size_ <= kSparse / 4) MakeSparse();
}

void DocSet::And(const DocSet& other) {
  if (dense_ && other.dense_) {
    OwnBits();
    for (size_t i = 0; i < kWords; ++i) (*bits_)[i] &= other.Word(i);
    return Recount();
  }
  if (!dense_ && !other.dense_) {
    list_ = Both(list_, other.list_);
  } else if (dense_) {
    list_.clear();
    for (const uint16_t doc : other.list_) {
      if (IsSet(raw_, doc)) list_.push_back(doc);
    }
    dense_ = false;
  } else {
    std::erase_if(list_, [&](uint16_t doc) { return !IsSet(other.raw_, doc); });
  }
  size_ = static_cast<uint32_t>(list_.size());
}

void DocSet::AndNot(const DocSet& other) {
  if (other.empty()) return;
  if (!dense_) {
    std::erase_if(list_, [&](uint16_t doc) { return other.Has(doc); });
    size_ = static_cast<uint32_t>(list_.size());
    return;
  }
  OwnBits();
  if (other.dense_) {
    for (size_t i = 0; i < kWords; ++i) (*bits_)[i] &= ~other.Word(i);
    return Recount();
  }
  for (const uint16_t doc : other.list_) {
    size_ -= IsSet(raw_, doc);
    (*bits_)[doc / 64] &= ~(uint64_t{1} << (doc % 64));
  }
}

void DocSet::Or(const DocSet& other) {
  if (other.empty()) return;
  if (empty() && !dense_) {
    *this = other;
    return;
  }
  if (!dense_ && !other.dense_ && size_ + other.size_ <= kSparse) {
    std::vector<uint16_t> any;
    any.reserve(list_.size() + other.list_.size());
    std::set_union(list_.begin(), list_.end(), other.list_.begin(), other.list_.end(), std::back_inserter(any));
    list_ = std::move(any);
    size_ = static_cast<uint32_t>(list_.size());
    return;
  }
  MakeDense();
  OwnBits();
  if (other.dense_) {
    for (size_t i = 0; i < kWords; ++i) (*bits_)[i] |= other.Word(i);
    size_ = CountOf(raw_);
    return;
  }
  for (const uint16_t doc : other.list_) {
    size_ += !IsSet(raw_, doc);
    (*bits_)[doc / 64] |= uint64_t{1} << (doc % 64);
  }
}

void DocSet::KeepRange(uint32_t first, uint32_t end) {
  if (first == 0 && end >= kChunkDocs) return;
  if (first >= end) return Clear();
  if (!dense_) {
    std::erase_if(list_, [&](uint16_t doc) { return doc < first || doc >= end; });
    size_ = static_cast<uint32_t>(list_.size());
    return;
  }
  OwnBits();
  for (size_t word = 0; word < kWords; ++word) {
    const uint32_t low = static_cast<uint32_t>(word * 64);
    if (low + 64 <= first || low >= end) {
      (*bits_)[word] = 0;
      continue;
    }
    if (low < first) (*bits_)[word] &= ~uint64_t{0} << (first - low);
    if (low + 64 > end) (*bits_)[word] &= (uint64_t{1} << (end - low)) - 1;
  }
  Recount();
}

uint32_t DocSet::AndSize(const DocSet& other) const {
  if (dense_ && other.dense_) return CountOfBoth(raw_, other.raw_);
  if (!dense_ && !other.dense_) return static_cast<uint32_t>(Both(list_, other.list_).size());
  const DocSet& sparse = dense_ ? other : *this;
  const char* bits = dense_ ? raw_ : other.raw_;
  uint32_t count = 0;
  for (const uint16_t doc : sparse.list_) count += IsSet(bits, doc);
  return count;
}

std::vector<uint16_t> DocSet::First(size_t limit) const {
  if (!dense_) return {list_.begin(), list_.begin() + static_cast<long>(std::min(limit, list_.size()))};
  std::vector<uint16_t> first;
  for (size_t word = 0; word < kWords && first.size() < limit; ++word) {
    for (uint64_t bits = Word(word); bits != 0 && first.size() < limit; bits &= bits - 1) {
      first.push_back(static_cast<uint16_t>(word * 64 + static_cast<size_t>(__builtin_ctzll(bits))));
    }
  }
  return first;
}

std::vector<uint16_t> DocSet::Last(size_t limit) const {
  if (!dense_) return {list_.end() - static_cast<long>(std::min(limit, list_.size())), list_.end()};
  std::vector<uint16_t> last;
  for (size_t word = kWords; word-- > 0 && last.size() < limit;) {
    for (uint64_t bits = Word(word); bits != 0 && last.size() < limit;) {
      const int top = 63 - __builtin_clzll(bits);
      last.push_back(static_cast<uint16_t>(word * 64 + static_cast<size_t>(top)));
      bits &= ~(uint64_t{1} << top);
    }
  }
  std::reverse(last.begin(), last.end());
  return last;
}

void DocSet::Encode(std::string& out) const {
  PutVarint(out, size_);
  if (size_ > kSparse) {
    out.append(raw_, sizeof(Bits));
    return;
  }
  ForEach([&out](uint16_t doc) { PutRaw(out, doc); });
}

void DocSet::Assign(const StoredSet& stored) {
  Clear();
  size_ = stored.size();
  dense_ = stored.dense();
  if (dense_) {
    raw_ = stored.bytes().data();
  } else {
    list_.resize(size_);
    if (size_ > 0) std::memcpy(list_.data(), stored.bytes().data(), stored.bytes().size());
  }
}

bool DocSet::Decode(Reader& in) {
  const StoredSet stored = StoredSet::Read(in);
  in.ok() ? Assign(stored) : Clear();
  return in.ok();
}

}  // namespace daftar::search
