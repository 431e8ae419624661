// Forms that are being filled in, as they were last typed, and templates for new ones: a table of the user's own store,
// number u64 → FormDraft. The row 0 keeps the last number that was given. Nothing here is sent, and nothing hangs on
// the replica.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "daftar/v1/private.pb.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"

namespace daftar {

// More is ResourceExhausted, in words, and nothing is changed.
inline constexpr size_t kMostForms = 1000;
inline constexpr size_t kMostFormBytes = 8 << 20;

// Thread-safe. Every change is durable when its call returns. The environment outlives it.
class FormDrafts {
 public:
  FormDrafts(lmdb::Environment& env, lmdb::Table table) : env_(env), table_(table) {}

  // By number; templates too.
  StatusOr<std::vector<v1::FormDraft>> All() const;
  // NotFound if there is none with that number.
  StatusOr<v1::FormDraft> Get(uint64_t number) const;
  // Keeps it in the place of the one with its number; number 0: a new one. Its number. NotFound if it was dropped
  // meanwhile: a form that was sent does not come back.
  StatusOr<uint64_t> Keep(v1::FormDraft draft);
  // NotFound if there is none.
  Status Drop(uint64_t number);
  // The program that had them open has ended them well: nothing of them is to be recovered.
  Status CloseAll();

  // For UserStore: takes the form away in a transaction of its own.
  Status DropIn(lmdb::WriteTxn& txn, uint64_t number);

 private:
  lmdb::Environment& env_;
  const lmdb::Table table_;
};

}  // namespace daftar
