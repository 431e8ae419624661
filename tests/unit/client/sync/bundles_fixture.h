// One server and workstations, and bundles that go between them by hand.
#pragma once

#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "client/sync/bundles.h"
#include "client/sync/user_store.h"
#include "server/core/bundles.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {

class BundlesFixture : public SyncFixture {
 protected:
  bundle::MakeOptions Options() const { return {.bundle = {}, .now_ms = clock.NowMs(), .steps = nullptr}; }
  std::string NewFile() { return folder.File("bundle" + std::to_string(++files_)); }
  std::string ServerKey() const { return dataset->key().public_key().ToString(); }
  PublicKey KeyOf(Workstation& of) { return WorkstationKey(of.folder(), random)->public_key(); }
  Revision ServerHead() const { return dataset->log().Head()->cursor().revision(); }
  Revision Shown(Workstation& of) { return of.view().Snapshot().value()->Head()->cursor().revision(); }
  // As if the workstation had met its server.
  void Pin(Workstation& of) {
    const std::string key(dataset->key().public_key().bytes());
    ASSERT_TRUE(of.user().Update([&key](v1::SyncStatus& status) { status.set_server_key(key); }).ok());
  }

  // The file of a bundle that the server makes.
  std::string FromServer(std::optional<Revision> since = std::nullopt) {
    const std::string file = NewFile();
    const auto made = CreateStateBundle(*dataset, since, file, Options(), random);
    EXPECT_TRUE(made.ok()) << made.status();
    return file;
  }
  std::string FromStation(Workstation& of, std::optional<Revision> since = std::nullopt) {
    const std::string file = NewFile();
    const auto made = CreateStateBundle(of, since, file, Options(), random);
    EXPECT_TRUE(made.ok()) << made.status();
    return file;
  }
  std::string OutboxOf(Workstation& of) {
    const std::string file = NewFile();
    const auto made = CreateOutboxBundle(of, file, Options(), random);
    EXPECT_TRUE(made.ok()) << made.status();
    return file;
  }
  StatusOr<BundleApplied> Apply(Workstation& at, const std::string& file, const std::string& trust = "") {
    return ApplyBundle(at, {file}, {.trust = trust, .steps = nullptr}, random);
  }
  BundleApplied Take(Workstation& at, const std::string& file, const std::string& trust = "") {
    const auto applied = Apply(at, file, trust);
    EXPECT_TRUE(applied.ok()) << applied.status();
    return applied.ok() ? *applied : BundleApplied();
  }
  OutboxApplied AtServer(const std::string& file) {
    auto applied = ApplyOutboxBundle(*dataset, {file}, nullptr);
    EXPECT_TRUE(applied.ok()) << applied.status();
    return applied.ok() ? *std::move(applied) : OutboxApplied();
  }
  std::string ReceiptsFor(const OutboxApplied& outbox) {
    const std::string file = NewFile();
    const auto made = CreateReceiptsBundle(*dataset, outbox, file, Options(), random);
    EXPECT_TRUE(made.ok()) << made.status();
    return file;
  }
  // One more revision at the server, by somebody else.
  void Move(const std::string& notes) {
    if (!mover_) {
      mover_ = NewStation("mover");
      Sync(*mover_);
    }
    Queue(*mover_, WithNotes(*mover_, notes));
    Sync(*mover_);
  }
  void ExpectEqual(Workstation& of) {
    EXPECT_EQ((*of.view().Snapshot())->Head()->digest(), dataset->log().Head()->digest());
    EXPECT_EQ((*of.view().Snapshot())->Head()->cursor().chain(), dataset->log().Head()->cursor().chain());
    EXPECT_TRUE(of.view().Verify(nullptr)->healthy());
  }
  static std::string Bytes(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  static void Overwrite(const std::string& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  }

 private:
  int files_ = 0;
  std::unique_ptr<Workstation> mover_;
};

}  // namespace daftar
