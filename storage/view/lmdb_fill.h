// Filling an LMDB view.
#pragma once

#include <vector>

#include "storage/lmdb/lmdb.h"
#include "storage/view/fill.h"
#include "storage/view/outlines.h"
#include "storage/view/record_table.h"
#include "storage/view/view_writer.h"

namespace daftar {

class LmdbFill final : public ViewFill {
 public:
  // Both outlive it.
  LmdbFill(lmdb::Environment& env, RecordTable& records) : env_(env), records_(records) {}

  StatusOr<std::optional<v1::StoredFill>> State() const override;
  Status Begin(const v1::Manifest& manifest) override;
  Status Load(const v1::SnapshotChunk& entry, std::string_view bytes) override;
  Status LoadAhead(const v1::DeltaFrame& frame) override;
  Status Finish() override;
  Status KeepPiece(std::string_view hash, uint32_t offset, std::string_view data) override;
  StatusOr<std::string> Pieces(std::string_view hash) const override;

 private:
  StatusOr<std::optional<v1::StoredFill>> StateIn(const lmdb::ReadTxn& txn) const;
  // Puts them in, and adds what is to stand for them in the text index.
  Status InsertAll(ViewWriter& writer, ChunkPreparer chunk, Outlines& outlines) const;
  Status DropPieces(lmdb::WriteTxn& txn, std::string_view hash);

  lmdb::Environment& env_;
  RecordTable& records_;
};

}  // namespace daftar
