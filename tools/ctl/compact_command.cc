// compact: gives the free pages of a store's file back to the disk.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "storage/base/bytes.h"
#include "storage/base/files.h"
#include "storage/lmdb/space.h"
#include "storage/view/compaction.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/compacting_line.h"
#include "tools/ctl/interrupt.h"
#include "tools/ctl/stores.h"

namespace daftar::ctl {
namespace {

constexpr int64_t kLookNoLongerMs = 120'000;
// Address space, as much as a store of tens of millions of records may need.
constexpr uint64_t kMapBytes = 64ull << 30;

// The store of records. What is the user's own is small, and left alone.
StatusOr<Store> StoreOfRecords(const std::string& folder) {
  for (const Store& store : StoresIn(folder)) {
    if (store.name != "user") return store;
  }
  return NotFound("there is neither a replica nor a server's store in " + folder +
                  ". Make a replica with: daftarctl init --server HOST:PORT/KEY");
}

Reply InUse(const Store& store, const std::string& words) {
  const std::string waits =
      lmdb::CompactedWaits(store.folder)
          ? "It has made a compacted copy already, which takes the place of the file when it is opened next"
          : "It compacts by itself when that is worth it and nobody has written for a minute; to do it now, close it";
  return Reply::Error(ExitCode::kBusy, words + ". " + waits);
}

Reply Compact(const Context& context, const std::string& folder) {
  DAFTAR_ASSIGN_OR_RETURN(const Store store, StoreOfRecords(folder));
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t before, FileSize(store.folder + "/data.mdb"));
  // A child looks at the file before this process reads it, and before anything here starts a thread.
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ProbeReport report,
                          lmdb::Probe(store.folder, {}, {.deadline_ms = kLookNoLongerMs}));
  if (report.verdict == lmdb::Verdict::kInUse) return InUse(store, report.words);
  if (!report.may_be_opened()) return Reply::Error(ExitCode::kCorrupt, report.words);

  const InterruptWatch interrupt([] {});
  StatusOr<Compacted> compacted = [&] {
    CompactingLine line(context);
    return CompactClosed(store.folder, kMapBytes, CompactWhen::kAlways,
                         line.Progress([&interrupt] { return !interrupt.interrupted(); }));
  }();
  if (compacted.status().code() == StatusCode::kFailedPrecondition) return InUse(store, Message(compacted.status()));
  if (!compacted.ok()) return compacted.status();

  Reply reply = Reply::Answer("compact");
  reply.json["store"] = store.name;
  reply.json["folder"] = store.folder;
  reply.json["bytes_before"] = before;
  reply.json["bytes_after"] = compacted->bytes_after;
  reply.text = store.name + ": " + HumanBytes(before) + " before, " + HumanBytes(compacted->bytes_after) + " now\n";
  return reply;
}

}  // namespace

void AddCompactCommands(CLI::App& app, Context& context) {
  CLI::App& verb = AddVerb(app, "compact", "Give the unused room in the replica's file back to the disk",
                           "  daftarctl compact\n"
                           "  daftarctl compact --folder /var/lib/daftar      # while the server is stopped");
  auto folder = std::make_shared<std::string>();
  verb.add_option("--folder", *folder, "Another folder, such as a server's; default: the replica")->type_name("DIR");
  verb.callback([&context, folder] {
    context.action = [&context, folder] { return Compact(context, folder->empty() ? context.folder() : *folder); };
  });
}

}  // namespace daftar::ctl
