#include "storage/view/text_blocks.h"

#include "storage/base/bytes.h"

namespace daftar {
namespace {

constexpr int64_t kLongestSnapshotMs = 200;
constexpr size_t kPieceBytes = 8 << 20;

// Columns and deletions are absent where there is nothing to say; all else must be there.
Status Missing(search::Section section) {
  switch (section) {
    case search::Section::kSpans:
    case search::Section::kNumbers:
    case search::Section::kPoints:
    case search::Section::kDeleted:
      return NotFound("there is no such block");
    default:
      return DataLoss("a block of the text index is missing; `daftarctl verify` builds the index anew");
  }
}

}  // namespace

std::string TextKey(uint32_t segment, search::Section section, uint32_t number) {
  std::string key;
  PutU32(key, segment);
  key.push_back(static_cast<char>(section));
  PutU32(key, number);
  return key;
}

std::shared_ptr<const search::SegmentHeader> SegmentCache::Header(uint32_t segment) const {
  MutexLock lock(mutex_);
  const auto at = known_.find(segment);
  return at == known_.end() ? nullptr : at->second.header;
}

void SegmentCache::PutHeader(uint32_t segment, std::shared_ptr<const search::SegmentHeader> header) {
  MutexLock lock(mutex_);
  known_[segment].header = std::move(header);
}

bool SegmentCache::IsChecked(uint32_t segment, search::Section section, uint32_t number) const {
  MutexLock lock(mutex_);
  const auto at = known_.find(segment);
  if (at == known_.end()) return false;
  const std::vector<bool>& checked = at->second.checked[static_cast<size_t>(section)];
  return number < checked.size() && checked[number];
}

void SegmentCache::NoteChecked(uint32_t segment, search::Section section, uint32_t number) {
  MutexLock lock(mutex_);
  std::vector<bool>& checked = known_[segment].checked[static_cast<size_t>(section)];
  if (number >= checked.size()) checked.resize(number + 1);
  checked[number] = true;
}

void SegmentCache::KeepOnly(const std::set<uint32_t>& segments) {
  MutexLock lock(mutex_);
  std::erase_if(known_, [&](const auto& known) { return !segments.contains(known.first); });
}

StatusOr<std::string_view> TextBlocks::Read(uint32_t segment, search::Section section, uint32_t number) const {
  const std::string key = TextKey(segment, section, number);
  const bool lasting = cache_ != nullptr && section != search::Section::kDeleted;
  const bool checked = lasting && cache_->IsChecked(segment, section, number);
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> block,
                          checked ? txn_.GetTrusted(table_, key) : txn_.Get(table_, key));
  if (!block) return Missing(section);
  if (lasting && !checked) cache_->NoteChecked(segment, section, number);
  return *block;
}

StatusOr<std::string_view> CopiedTextBlocks::Read(uint32_t segment, search::Section section, uint32_t number) const {
  Key key = TextKey(segment, section, number);
  if (const auto at = copies_.find(key); at != copies_.end()) return std::string_view(at->second);
  if (txn_ == nullptr || clock_.MonotonicMs() - since_ms_ > kLongestSnapshotMs) {
    txn_.reset();
    DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
    txn_ = std::make_unique<lmdb::ReadTxn>(std::move(txn));
    since_ms_ = clock_.MonotonicMs();
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> block, txn_->Get(table_, key));
  if (!block) return Missing(section);
  if (order_.size() > 2 * kShortLife) {
    copies_.erase(order_.front());
    order_.pop_front();
  }
  order_.push_back(key);
  const auto added = copies_.emplace(std::move(key), *block).first;
  return std::string_view(added->second);
}

Status PiecewiseBlockWriter::Write(uint32_t segment, search::Section section, uint32_t number, std::string_view block) {
  pending_[TextKey(segment, section, number)] = block;
  pending_bytes_ += block.size();
  return pending_bytes_ < kPieceBytes ? OkStatus() : Flush();
}

Status PiecewiseBlockWriter::Flush() {
  if (pending_.empty()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  for (const auto& [key, block] : pending_) DAFTAR_RETURN_IF_ERROR(txn.Put(table_, key, block));
  pending_.clear();
  pending_bytes_ = 0;
  return txn.Commit();
}

}  // namespace daftar
