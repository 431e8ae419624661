// LMDB's own handles behind the typed doors, for the other files of this folder. Private to this folder.
#pragma once

#include "storage/lmdb/lmdb.h"

namespace daftar::lmdb {

class Raw {
 public:
  static MDB_txn* Txn(const ReadTxn& txn) { return txn.txn_; }
  static MDB_env* Env(const Environment& env) { return env.env_; }
  static Table TallyTable(const Environment& env) { return env.tallies_; }
  // The transaction changed something behind the back of Put and Delete.
  static void NoteChange(WriteTxn& txn) { txn.changed_ = true; }
};

// How LMDB was told to keep the environment: for the tests of the rules.
struct Flags {
  bool no_tls = false;
  bool write_map = false;
  bool no_sync = false;
  bool no_meta_sync = false;
  unsigned most_readers = 0;
};
Flags FlagsOf(const Environment& env);

}  // namespace daftar::lmdb
