#include "storage/lmdb/space.h"

#include <lmdb.h>

#include <algorithm>
#include <cstring>

#include "storage/lmdb/ballast.h"
#include "storage/lmdb/raw.h"
#include "storage/lmdb/swap.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {
namespace {

// LMDB's own table of free pages. A value holds how many numbers follow, and the numbers.
constexpr MDB_dbi kFreeList = 0;

StatusOr<uint64_t> FreePages(const ReadTxn& txn, const std::string& doing) {
  MDB_cursor* cursor = nullptr;
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_cursor_open(Raw::Txn(txn), kFreeList, &cursor), doing));
  uint64_t pages = 0;
  MDB_val key, value;
  int code = MDB_SUCCESS;
  while ((code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == MDB_SUCCESS) {
    size_t count = 0;
    if (value.mv_size < sizeof(count)) continue;
    std::memcpy(&count, value.mv_data, sizeof(count));
    pages += std::min(count, value.mv_size / sizeof(count) - 1);
  }
  mdb_cursor_close(cursor);
  if (code != MDB_NOTFOUND) return Translate(code, doing);
  return pages;
}

}  // namespace

StatusOr<FileSpace> SpaceOf(const Environment& env) {
  const std::string doing = "counting the free pages of " + env.folder();
  FileSpace space;
  {
    DAFTAR_ASSIGN_OR_RETURN(const ReadTxn txn, env.BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t pages, FreePages(txn, doing));
    MDB_stat stat;
    DAFTAR_RETURN_IF_ERROR(Translate(mdb_env_stat(Raw::Env(env), &stat), doing));
    space.free_bytes = pages * stat.ms_psize;
  }
  DAFTAR_ASSIGN_OR_RETURN(space.file_bytes, env.FileBytes());
  // A file may end before its last free pages.
  space.free_bytes = std::min(space.free_bytes, space.file_bytes);
  space.disk_free_bytes = FreeBytesUnder(env.folder());
  space.compacted_waits = CompactedWaits(env.folder());
  return space;
}

bool CompactedWaits(const std::string& folder) { return WouldTakeCompacted(folder); }

}  // namespace daftar::lmdb
