// An environment with two tables in a temporary folder, and the few verbs in which its tests are written.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/lmdb/lmdb.h"
#include "tests/temporary_folder.h"

namespace daftar::lmdb {

inline constexpr const char* kTables[] = {"records", "index"};

// EXPECT_THAT(status, HasCode(StatusCode::kDataLoss)).
MATCHER_P(HasCode, code, "has the code " + absl::StatusCodeToString(code)) {
  *result_listener << arg.ToString();
  return arg.code() == code;
}

class EnvironmentTest : public ::testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  StatusOr<std::unique_ptr<Environment>> Open(const std::string& folder) {
    return Environment::Open(folder, options_, kTables);
  }
  void Close() { env_.reset(); }
  void Reopen() {
    Close();
    auto opened = Open(folder_.path());
    // Nothing after this would mean anything.
    if (!opened.ok()) std::fprintf(stderr, "%s\n", opened.status().ToString().c_str());
    DAFTAR_CHECK(opened.ok());
    env_ = *std::move(opened);
  }
  // What opening the folder says.
  Status OpeningFails() { return Open(folder_.path()).status(); }

  Table records() const { return env_->table(0); }
  Table index() const { return env_->table(1); }
  std::string DataFile() const { return folder_.File("data.mdb"); }

  WriteTxn BeginWrite() {
    auto txn = env_->BeginWrite();
    DAFTAR_CHECK(txn.ok());
    return *std::move(txn);
  }
  ReadTxn BeginRead() {
    auto txn = env_->BeginRead();
    DAFTAR_CHECK(txn.ok());
    return *std::move(txn);
  }
  // One committed transaction.
  Status Store(const std::map<std::string, std::string>& entries) {
    DAFTAR_ASSIGN_OR_RETURN(WriteTxn txn, env_->BeginWrite());
    for (const auto& [key, value] : entries) DAFTAR_RETURN_IF_ERROR(txn.Put(records(), key, value));
    return txn.Commit();
  }
  // What a fresh read transaction sees.
  std::optional<std::string> Stored(std::string_view key) {
    ReadTxn txn = BeginRead();
    auto value = txn.Get(records(), key);
    EXPECT_TRUE(value.ok()) << value.status();
    if (!value.ok() || !*value) return std::nullopt;
    return std::string(**value);
  }
  // Every entry of a table, in the order of the cursor.
  std::vector<std::pair<std::string, std::string>> Everything() {
    ReadTxn txn = BeginRead();
    std::vector<std::pair<std::string, std::string>> entries;
    Cursor cursor = txn.SeekPrefix(records(), "");
    for (; cursor.valid(); cursor.Next()) entries.emplace_back(cursor.key(), cursor.value());
    EXPECT_TRUE(cursor.status().ok()) << cursor.status();
    return entries;
  }

  TemporaryFolder folder_;
  Options options_{.map_bytes = 256 << 20};
  std::unique_ptr<Environment> env_;
};

}  // namespace daftar::lmdb
