#include "storage/lmdb/translate.h"

#include <cerrno>
#include <string>

#include "storage/base/files.h"

namespace daftar::lmdb {

bool IsDiskError(int code) { return code == EIO || code == MDB_PANIC; }

Status TransactionIsOver() {
  return FailedPrecondition("the transaction is over: it was committed or given up before");
}

Status Translate(int code, std::string_view doing) {
  if (code == MDB_SUCCESS) return OkStatus();
  const std::string what(doing);
  switch (code) {
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
      return DataLoss(what + ": the database file is damaged inside; stop using it, then repair or rebuild it");
    case MDB_INVALID:
      return DataLoss(what + ": this is not a database file, or its beginning is damaged; it was not changed. " +
                      "Restore it from a backup or rebuild it");
    case MDB_VERSION_MISMATCH:
      return FailedPrecondition(what + ": the file was written by another version of LMDB; it was not changed");
    case MDB_PANIC:
    case EIO:
      return FailedPrecondition(what + ": the disk failed, or filled up in the middle of a write. What was committed " +
                                "before is safe, this transaction is not kept; close the database, check the disk " +
                                "and its free space, and open it again");
    case MDB_BAD_TXN:
      return FailedPrecondition(what + ": an earlier step of this transaction failed, so nothing of it is kept");
    case MDB_MAP_FULL:
      return ResourceExhausted(what + ": the space reserved for this database is used up. Everything committed is " +
                               "safe; delete data, or open with a larger reservation");
    case ENOSPC:
    case EDQUOT:
      return ResourceExhausted(what +
                               ": the disk is full. Everything committed is safe; free some space and try again");
    case MDB_TXN_FULL:
      return ResourceExhausted(what + ": too many changes in one transaction; nothing of it is kept");
    case MDB_READERS_FULL:
      return ResourceExhausted(what + ": too many read transactions are open at the same time");
    case MDB_MAP_RESIZED:
      return FailedPrecondition(what + ": another process made the database larger; close it and open it again");
    case MDB_KEYEXIST:
      return InvalidArgument(what + ": the key is not behind all others of the table");
    case MDB_BAD_VALSIZE:
      return InvalidArgument(what + ": the key or the value has a size that cannot be stored");
    case MDB_INCOMPATIBLE:
      return FailedPrecondition(what + ": the file holds a table of this name in another form");
    default:
      break;
  }
  return code > 0 ? ErrnoStatus(code, doing) : Internal(what + ": " + mdb_strerror(code));
}

}  // namespace daftar::lmdb
