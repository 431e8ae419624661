#include "storage/lmdb/file_tail.h"

#include <unistd.h>

#include <cstring>
#include <fstream>
#include <optional>
#include <set>
#include <string_view>

#include "storage/base/files.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {
namespace {

// Offsets and flags of the file, in the byte order of the machine, as LMDB writes it.
constexpr size_t kPageHeader = 16, kFlagsInPage = 10, kLowerInPage = 12;
constexpr uint16_t kBranch = 1, kLeaf = 2;
constexpr size_t kNodeHeader = 8, kFlagsInNode = 4, kKeySizeInNode = 6;
constexpr uint16_t kValueInOverflowPages = 1;
constexpr size_t kFreeListRoot = 80, kLastPage = 136, kTransaction = 144, kMetaBytes = 152;
constexpr int kMaxDepth = 32;

template <typename T>
std::optional<T> NumberAt(std::string_view bytes, size_t at) {
  T value;
  if (at > bytes.size() || bytes.size() - at < sizeof value) return std::nullopt;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

struct Meta {
  uint64_t free_list_root, last_page, transaction;
};

// Reads the free list of one file. Every method returns false or nullopt for what is not there or not well formed.
class FreeListReader {
 public:
  FreeListReader(const std::string& path, uint64_t page_bytes)
      : file_(path, std::ios::binary | std::ios::ate), page_bytes_(page_bytes) {
    pages_ = file_ ? static_cast<uint64_t>(file_.tellg()) / page_bytes_ : 0;
  }

  // The pages that are wholly in the file.
  uint64_t pages() const { return pages_; }
  // Of the pages read by Collect, those behind the end of the file.
  const std::set<uint64_t>& free_behind_end() const { return free_behind_end_; }

  // The newer of the two meta pages.
  std::optional<Meta> ReadMeta() {
    const std::optional<Meta> first = ReadMetaPage(0), second = ReadMetaPage(1);
    if (!first || !second) return first ? first : second;
    return first->transaction > second->transaction ? first : second;
  }

  // Walks the tree below `page`.
  bool Collect(uint64_t page, int depth) {
    if (depth > kMaxDepth || ++visited_ > pages_) return false;
    const std::optional<std::string> bytes = Read(page, 0, page_bytes_);
    if (!bytes) return false;
    const uint16_t flags = *NumberAt<uint16_t>(*bytes, kFlagsInPage);
    const size_t lower = *NumberAt<uint16_t>(*bytes, kLowerInPage);
    if (((flags & kBranch) != 0) == ((flags & kLeaf) != 0) || lower < kPageHeader) return false;
    for (size_t at = kPageHeader; at + 2 <= lower; at += 2) {
      const std::optional<uint16_t> place = NumberAt<uint16_t>(*bytes, at);
      if (!place || *place + kNodeHeader > bytes->size()) return false;
      const std::string_view node = std::string_view(*bytes).substr(*place);
      if (!(flags & kBranch ? Collect(ChildOf(node), depth + 1) : CollectList(node))) return false;
    }
    return true;
  }

 private:
  std::optional<Meta> ReadMetaPage(uint64_t page) {
    const std::optional<std::string> bytes = Read(page, 0, kMetaBytes);
    if (!bytes) return std::nullopt;
    return Meta{*NumberAt<uint64_t>(*bytes, kFreeListRoot), *NumberAt<uint64_t>(*bytes, kLastPage),
                *NumberAt<uint64_t>(*bytes, kTransaction)};
  }

  std::optional<std::string> Read(uint64_t page, uint64_t at, uint64_t size) {
    if (page >= pages_ || size > pages_ * page_bytes_) return std::nullopt;
    std::string bytes(size, '\0');
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(page * page_bytes_ + at));
    if (!file_.read(bytes.data(), static_cast<std::streamsize>(size))) return std::nullopt;
    return bytes;
  }

  static uint64_t ChildOf(std::string_view node) {
    return uint64_t{*NumberAt<uint16_t>(node, 0)} | uint64_t{*NumberAt<uint16_t>(node, 2)} << 16 |
           uint64_t{*NumberAt<uint16_t>(node, kFlagsInNode)} << 32;
  }

  // A leaf's value is a list: how many, then the numbers.
  bool CollectList(std::string_view node) {
    const size_t size = *NumberAt<uint16_t>(node, 0) | size_t{*NumberAt<uint16_t>(node, 2)} << 16;
    const size_t value_at = kNodeHeader + *NumberAt<uint16_t>(node, kKeySizeInNode);
    if (!(*NumberAt<uint16_t>(node, kFlagsInNode) & kValueInOverflowPages)) {
      return value_at <= node.size() && CollectNumbers(node.substr(value_at, size));
    }
    const std::optional<uint64_t> overflow = NumberAt<uint64_t>(node, value_at);
    const std::optional<std::string> list = overflow ? Read(*overflow, kPageHeader, size) : std::nullopt;
    return list && CollectNumbers(*list);
  }

  bool CollectNumbers(std::string_view list) {
    const std::optional<uint64_t> count = NumberAt<uint64_t>(list, 0);
    if (!count || *count > list.size() / 8 - 1) return false;
    for (uint64_t i = 1; i <= *count; ++i) {
      const uint64_t page = *NumberAt<uint64_t>(list, 8 * i);
      if (page >= pages_) free_behind_end_.insert(page);
    }
    return true;
  }

  std::ifstream file_;
  const uint64_t page_bytes_;
  uint64_t pages_ = 0;
  uint64_t visited_ = 0;
  std::set<uint64_t> free_behind_end_;
};

}  // namespace

bool OnlyFreePagesAreMissing(const std::string& data_file, uint64_t page_bytes) {
  FreeListReader reader(data_file, page_bytes);
  const std::optional<Meta> meta = reader.ReadMeta();
  if (!meta || !reader.Collect(meta->free_list_root, 0)) return false;
  uint64_t missing_and_free = 0;
  for (uint64_t page : reader.free_behind_end()) missing_and_free += page <= meta->last_page;
  return missing_and_free == meta->last_page + 1 - reader.pages();
}

std::optional<uint64_t> LastTransactionOf(const std::string& data_file) {
  const std::optional<Meta> meta = FreeListReader(data_file, static_cast<uint64_t>(::sysconf(_SC_PAGESIZE))).ReadMeta();
  if (!meta) return std::nullopt;
  return meta->transaction;
}

// Reading a page that the file no longer has is a SIGBUS, so this comes before the first transaction.
Status CheckNotTruncated(MDB_env* env, const std::string& data_file) {
  MDB_envinfo info;
  MDB_stat stat;
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_env_info(env, &info), "looking at " + data_file));
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_env_stat(env, &stat), "looking at " + data_file));
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t actual, FileSize(data_file));
  const uint64_t expected = (static_cast<uint64_t>(info.me_last_pgno) + 1) * stat.ms_psize;
  if (actual >= expected || OnlyFreePagesAreMissing(data_file, stat.ms_psize)) return OkStatus();
  return DataLoss(data_file + " was cut short: it has " + std::to_string(actual) + " of " + std::to_string(expected) +
                  " bytes. It was not changed; restore it from a backup or rebuild it");
}

}  // namespace daftar::lmdb
