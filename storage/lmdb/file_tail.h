// Reads a data file without LMDB: tells one that was cut short from one that LMDB never wrote to its end, and which
// transaction was its last. Private to this folder.
//
// LMDB does not write a page that one transaction both took and gave up. If that was the last page, a healthy file is
// shorter than its meta page says; the missing pages then stand in the free list, and nothing will read them. Asking
// LMDB for the list would touch the file through its map, where a page that is really missing is a SIGBUS; so the list
// is read from the file, as LMDB 0.9 lays it out (mdb.c: MDB_meta, MDB_page, MDB_node, MDB_IDL).
#pragma once

#include <lmdb.h>

#include <cstdint>
#include <optional>
#include <string>

#include "storage/base/status.h"

namespace daftar::lmdb {

// True if every page that the file should have and has not is in its free list. False also if the list cannot be read.
bool OnlyFreePagesAreMissing(const std::string& data_file, uint64_t page_bytes);
// The number of the last transaction, without opening the file; nullopt if it cannot be read.
std::optional<uint64_t> LastTransactionOf(const std::string& data_file);
// DataLoss, in words, if the file of this freshly opened environment was cut short. Before the first transaction.
Status CheckNotTruncated(MDB_env* env, const std::string& data_file);

}  // namespace daftar::lmdb
