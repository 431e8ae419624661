#include "storage/lmdb/page_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/files.h"

namespace daftar::lmdb {
namespace {

// As LMDB 0.9 lays them out on machines of 64 bits (mdb.c: MDB_page, MDB_node, MDB_db, MDB_meta).
constexpr size_t kHeader = 16, kNodeHeader = 8, kDbBytes = 48, kMetaPages = 2;
constexpr uint16_t kBranch = 1, kLeaf = 2, kOverflow = 4, kMeta = 8, kKinds = 0xffff;  // any other bit is odd
constexpr uint16_t kBigData = 1, kSubTable = 2, kDuplicates = 4;
constexpr uint32_t kMagic = 0xBEEFC0DE;
constexpr uint64_t kNoPage = UINT64_MAX;
constexpr uint16_t kDeepest = 32;

template <typename Number>
Number At(std::string_view bytes, size_t at) {
  Number number{};
  if (at + sizeof number <= bytes.size()) std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

struct Tree {
  uint16_t depth;
  uint64_t entries, root;
};

Tree TreeAt(std::string_view bytes, size_t at) {
  return {At<uint16_t>(bytes, at + 6), At<uint64_t>(bytes, at + 32), At<uint64_t>(bytes, at + 40)};
}

class PageTree {
 public:
  explicit PageTree(int fd) : fd_(fd) {}

  Status Check() {
    // A commit between the two pages would look odd.
    Status metas = ReadMetas();
    for (int again = 0; again < 3 && !metas.ok(); ++again) metas = ReadMetas();
    DAFTAR_RETURN_IF_ERROR(metas);
    used_.assign(last_page_ + 1, false);
    DAFTAR_RETURN_IF_ERROR(Walk(TreeAt(meta_, kHeader + 24), Holds::kFreePages));
    DAFTAR_RETURN_IF_ERROR(Walk(TreeAt(meta_, kHeader + 24 + kDbBytes), Holds::kTables));
    for (const uint64_t page : free_) DAFTAR_RETURN_IF_ERROR(Use(page, "is free and in use at once"));
    return OkStatus();
  }

 private:
  enum class Holds { kFreePages, kTables, kRows };

  static Status Wrong(uint64_t page, const std::string& what) {
    return DataLoss("page " + std::to_string(page) + " of the file " + what);
  }

  StatusOr<std::string> Read(uint64_t page, uint64_t pages = 1) const {
    std::string bytes(page_bytes_ * pages, '\0');
    const ssize_t got = ::pread(fd_, bytes.data(), bytes.size(), static_cast<off_t>(page * page_bytes_));
    if (got != static_cast<ssize_t>(bytes.size())) return Wrong(page, "is missing");
    return bytes;
  }

  Status Use(uint64_t page, const char* otherwise) {
    if (page < kMetaPages || page > last_page_) return Wrong(page, "is named and cannot be there");
    if (used_[page]) return Wrong(page, otherwise);
    used_[page] = true;
    return OkStatus();
  }

  Status ReadMetas() {
    uint64_t newest = 0, sum = 0;
    meta_.clear();
    for (uint64_t page = 0; page < kMetaPages; ++page) {
      DAFTAR_ASSIGN_OR_RETURN(std::string bytes, Read(page));
      const uint32_t page_bytes = At<uint32_t>(bytes, kHeader + 24);
      if (page == 0 && page_bytes >= 512 && page_bytes <= 65536 && page_bytes % 512 == 0) page_bytes_ = page_bytes;
      if (page == 0 && page_bytes_ > bytes.size()) {
        DAFTAR_ASSIGN_OR_RETURN(bytes, Read(0));
      }
      const bool right = At<uint64_t>(bytes, 0) == page && (At<uint16_t>(bytes, 10) & kKinds) == kMeta &&
                         At<uint32_t>(bytes, kHeader) == kMagic && page_bytes == page_bytes_;
      if (!right) return Wrong(page, "is not the beginning of a database");
      const size_t behind_trees = kHeader + 24 + 2 * kDbBytes;
      const uint64_t transaction = At<uint64_t>(bytes, behind_trees + 8);
      // They are written by turns.
      if (transaction % kMetaPages != page && transaction != 0) return Wrong(page, "tells of another transaction");
      sum += transaction;
      if (meta_.empty() || transaction > newest) {
        newest = transaction;
        last_page_ = At<uint64_t>(bytes, behind_trees);
        meta_ = bytes;
      }
    }
    // The other one is of the transaction before, or one of them is from long ago.
    if (newest != 0 && sum != 2 * newest - 1) return Wrong(0, "and page 1 are not of two transactions in a row");
    struct stat info;
    if (::fstat(fd_, &info) != 0) return ErrnoStatus(errno, "looking at the pages of the file");
    // A few free pages at the end may never have been written.
    const uint64_t pages = static_cast<uint64_t>(info.st_size) / page_bytes_;
    if (last_page_ < 1 || last_page_ > 2 * pages + (1 << 20)) return Wrong(0, "says that the file is of another size");
    return OkStatus();
  }

  // Tables that are found are walked in turn, not by recursion.
  Status Walk(const Tree& first, Holds holds) {
    std::vector<Tree> tables{first};
    while (!tables.empty()) {
      const Tree tree = tables.back();
      tables.pop_back();
      DAFTAR_RETURN_IF_ERROR(WalkTree(tree, holds, tables));
      if (holds == Holds::kTables) holds = Holds::kRows;
    }
    return OkStatus();
  }

  struct Step {
    uint64_t page;
    uint16_t depth;
    std::string least, below;  // keys of this part of the tree; empty: no bound
  };

  Status WalkTree(const Tree& tree, Holds holds, std::vector<Tree>& tables) {
    if (tree.root == kNoPage) {
      return tree.entries == 0 && tree.depth == 0 ? OkStatus() : DataLoss("a table has rows and no page");
    }
    if (tree.depth == 0 || tree.depth > kDeepest) return Wrong(tree.root, "begins a table of impossible depth");
    std::vector<Step> open{{tree.root, 1, "", ""}};
    while (!open.empty()) {
      const Step step = std::move(open.back());
      open.pop_back();
      DAFTAR_RETURN_IF_ERROR(Use(step.page, "is reached twice"));
      DAFTAR_ASSIGN_OR_RETURN(const std::string bytes, Read(step.page));
      const uint16_t kind = At<uint16_t>(bytes, 10) & kKinds, lower = At<uint16_t>(bytes, 12),
                     upper = At<uint16_t>(bytes, 14);
      if (At<uint64_t>(bytes, 0) != step.page) return Wrong(step.page, "carries the number of another");
      if (kind != (step.depth == tree.depth ? kLeaf : kBranch)) return Wrong(step.page, "is of another kind");
      const bool sane = lower >= kHeader && lower <= upper && upper <= page_bytes_ && lower % 2 == 0;
      if (!sane || (kind == kBranch && lower < kHeader + 4)) return Wrong(step.page, "has an impossible size");
      std::string_view previous;
      std::vector<std::pair<size_t, size_t>> rows;  // where each begins and ends
      for (size_t at = kHeader; at < lower; at += 2) {
        const size_t node = At<uint16_t>(bytes, at);
        if (node < upper || node + kNodeHeader > page_bytes_) return Wrong(step.page, "has a row outside of itself");
        const uint64_t low = At<uint16_t>(bytes, node), high = At<uint16_t>(bytes, node + 2);
        const uint64_t flags = At<uint16_t>(bytes, node + 4), key = At<uint16_t>(bytes, node + 6);
        const size_t value = node + kNodeHeader + key;
        if (value > page_bytes_) return Wrong(step.page, "has a key that is too long");
        // The first key of a branch says nothing. Lists of free pages are sorted by number, not by bytes.
        const bool first = at == kHeader;
        if (holds != Holds::kFreePages && (kind == kLeaf || !first)) {
          const std::string_view own = std::string_view(bytes).substr(node + kNodeHeader, key);
          const bool follows =
              own >= step.least && (step.below.empty() || own < step.below) && (previous.empty() || own > previous);
          if (!follows) return Wrong(step.page, "has a key where it will not be found");
          previous = own;
          if (kind == kBranch) open.back().below = own;
        }
        if (kind == kBranch) {
          rows.emplace_back(node, value);
          open.push_back({low | high << 16 | flags << 32, static_cast<uint16_t>(step.depth + 1),
                          first ? step.least : std::string(previous), step.below});
          continue;
        }
        const uint64_t size = low | high << 16;
        const size_t inside = (flags & kBigData) != 0 ? sizeof(uint64_t) : size;
        if (value + inside > page_bytes_) return Wrong(step.page, "has a value that is too long");
        rows.emplace_back(node, value + inside);
        const uint16_t usual = holds == Holds::kTables ? kBigData | kSubTable : kBigData;
        if ((flags & ~uint64_t{usual}) != 0 || (flags & kDuplicates) != 0) return Wrong(step.page, "has an odd row");
        std::string_view content = std::string_view(bytes).substr(value, inside);
        std::string run;
        if ((flags & kBigData) != 0) {
          const uint64_t pages = (kHeader - 1 + size) / page_bytes_ + 1;
          DAFTAR_RETURN_IF_ERROR(UseRun(At<uint64_t>(bytes, value), pages));
          if (holds == Holds::kFreePages) {
            DAFTAR_ASSIGN_OR_RETURN(run, Read(At<uint64_t>(bytes, value), pages));
            content = std::string_view(run).substr(kHeader, size);
          }
        }
        if (holds == Holds::kFreePages) DAFTAR_RETURN_IF_ERROR(NoteFree(step.page, content));
        if ((flags & kSubTable) != 0) {
          if (size != kDbBytes) return Wrong(step.page, "names a table in an odd way");
          tables.push_back(TreeAt(content, 0));
        }
      }
      // LMDB moves rows by their sizes when it takes one out. A gap does no harm.
      std::sort(rows.begin(), rows.end());
      for (size_t row = 1; row < rows.size(); ++row) {
        if (rows[row].first < rows[row - 1].second) return Wrong(step.page, "has rows that overlap");
      }
    }
    return OkStatus();
  }

  Status UseRun(uint64_t first, uint64_t pages) {
    if (first > last_page_ || pages > last_page_) return Wrong(first, "is named and cannot be there");
    DAFTAR_ASSIGN_OR_RETURN(const std::string bytes, Read(first));
    const bool right = At<uint64_t>(bytes, 0) == first && (At<uint16_t>(bytes, 10) & kKinds) == kOverflow &&
                       At<uint32_t>(bytes, 12) == pages;
    if (!right) return Wrong(first, "is not the beginning of the large value that should be there");
    for (uint64_t page = first; page < first + pages; ++page) {
      DAFTAR_RETURN_IF_ERROR(Use(page, "is reached twice"));
    }
    return OkStatus();
  }

  // A number of pages, then the pages, falling.
  Status NoteFree(uint64_t where, std::string_view list) {
    const uint64_t count = At<uint64_t>(list, 0);
    if (list.size() < sizeof(uint64_t) || count > list.size() / sizeof(uint64_t) - 1) {
      return Wrong(where, "has a damaged list of free pages");
    }
    for (uint64_t i = 1; i <= count; ++i) {
      const uint64_t page = At<uint64_t>(list, i * sizeof(uint64_t));
      if (i > 1 && page >= free_.back()) return Wrong(where, "has a list of free pages out of order");
      free_.push_back(page);
    }
    return OkStatus();
  }

  const int fd_;
  uint64_t page_bytes_ = 4096;
  uint64_t last_page_ = 0;
  std::string meta_;  // the newest
  std::vector<bool> used_;
  std::vector<uint64_t> free_;
};

}  // namespace

Status CheckPages(const std::string& data_file) {
  const int fd = ::open(data_file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return ErrnoStatus(errno, "looking at the pages of " + data_file);
  const Status status = PageTree(fd).Check();
  ::close(fd);
  return status;
}

}  // namespace daftar::lmdb
