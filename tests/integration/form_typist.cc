// Types into a form of the window without a window, until somebody kills it: form_typist FOLDER.
//
// The desk and the library are those of `daftar`; the clock and the disk are real. Each key is told on standard output,
// "MILLISECONDS KEYS", once the desk has it: what must be kept a second later.
#include <poll.h>

#include <chrono>
#include <cstdio>
#include <memory>

#include "client/app/desk.h"
#include "client/app/workstation_library.h"
#include "storage/base/clock.h"

namespace daftar {
namespace {

constexpr int kBetweenKeysMs = 7;

int64_t SteadyMs() {
  using std::chrono::duration_cast, std::chrono::milliseconds, std::chrono::steady_clock;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

int TypeForEver(const std::string& folder) {
  SystemClock clock;
  SystemRandom random;
  StatusOr<std::unique_ptr<Workstation>> station = Workstation::Open(folder, clock, random);
  if (!station.ok()) {
    std::fprintf(stderr, "%s\n", std::string(Message(station.status())).c_str());
    return 1;
  }
  app::WorkstationLibrary library(**station);
  app::Desk desk(library, [] {}, {.sync_now = [] {}}, {.addresses = {HomeAddress()}});
  desk.BeginForm({forms::Wish::What::kNew, "place"});
  for (uint64_t keys = 0;; ::poll(nullptr, 0, kBetweenKeysMs)) {
    const int64_t now = SteadyMs();
    if (desk.screen().editor) {
      forms::Form& form = desk.screen().editor->open.form;
      const forms::Node notes = form.Find("notes");
      const std::string text = form.field(notes).text + static_cast<char>('a' + keys % 26);
      form.SetText(notes, text, now);
      desk.FormTyped(notes);
      ++keys;
    }
    desk.Tick(now);
    desk.Drain();
    if (keys == 0) continue;
    std::printf("%lld %llu\n", static_cast<long long>(now), static_cast<unsigned long long>(keys));
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace daftar

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: form_typist FOLDER\n");
    return 2;
  }
  return daftar::TypeForEver(argv[1]);
}
