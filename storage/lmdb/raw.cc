#include "storage/lmdb/raw.h"

#include <lmdb.h>

namespace daftar::lmdb {

Flags FlagsOf(const Environment& env) {
  unsigned flags = 0, readers = 0;
  mdb_env_get_flags(Raw::Env(env), &flags);
  mdb_env_get_maxreaders(Raw::Env(env), &readers);
  return {(flags & MDB_NOTLS) != 0, (flags & (MDB_WRITEMAP | MDB_MAPASYNC)) != 0, (flags & MDB_NOSYNC) != 0,
          (flags & MDB_NOMETASYNC) != 0, readers};
}

}  // namespace daftar::lmdb
