// A server and its clients in one process, one thread and one seed: links that cut anywhere, programs that die
// anywhere.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/sync/engine.h"
#include "client/sync/workstation.h"
#include "server/core/dataset.h"
#include "server/core/session.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tests/temporary_folder.h"

namespace daftar::sim {

// How rough the world is, in chances of 1,000 at each step.
struct Weather {
  int edit = 120;
  int connect = 150;
  int cut = 25;
  int client_dies = 8;
  int server_dies = 5;
  int server_is_restored = 0;  // of the times that it dies
};

// What one workstation has been promised: every queued edit, by the text that names it.
struct Promise {
  Uuid record;
  std::string text;
};

// One seed, one run. Steps are chosen by the seed alone.
class Simulation {
 public:
  Simulation(uint64_t seed, int clients, Weather weather);

  // One random thing happens. False after a broken invariant; failure() says which.
  bool Step();
  // Good weather until everything is settled; false if that takes too long.
  bool Settle();
  // Everything that must hold at the end.
  void CheckConvergence();

  const std::string& failure() const { return failure_; }
  uint64_t cuts() const { return cuts_; }
  uint64_t deaths() const { return deaths_; }
  uint64_t edits() const { return edits_; }
  uint64_t conflicts() const { return conflicts_; }
  // Pieces of chunks that reached a client.
  uint64_t filled() const { return filled_; }
  uint64_t restored() const { return restored_; }
  // Edits that a restored server had lost, and that are drafts at the end.
  uint64_t salvaged() const { return salvaged_; }

 private:
  struct Client {
    std::string folder;
    std::unique_ptr<Workstation> station;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Session> session;  // the server's side of the link
    std::deque<v1::ClientFrame> up;
    std::deque<v1::ServerFrame> down;
    Revision visible = 0;
    bool connected() const { return session != nullptr; }
  };

  // A dataset with a source and some incidents, and empty workstations.
  void Found();
  void StartServer();
  // With the server stopped: an older state takes the place of its folder, or its folder is copied for later.
  void BackUpOrRestore();
  bool IsDraftSomewhere(const std::string& text);
  void StartClient(Client& client);
  void Connect(Client& client);
  void Cut(Client& client);
  void Deliver(Client& client);
  void TakeAnswers(Client& client, StatusOr<std::vector<v1::ClientFrame>> answers);
  void Edit(Client& client);
  void CheckVisible(Client& client);
  void Fail(const std::string& why);
  bool Chance(int in_thousand) { return static_cast<int>(random_.Below(1000)) < in_thousand; }

  SeededRandom random_;
  const Weather weather_;
  FakeClock clock_{1'700'000'000'000};
  TemporaryFolder folder_;
  std::unique_ptr<Dataset> dataset_;
  std::vector<Client> clients_;
  std::vector<Uuid> records_;
  std::vector<Promise> promises_;
  std::string failure_;
  bool cuts_chunks_ = false;  // the server fills replicas from chunks
  uint64_t cuts_ = 0, deaths_ = 0, conflicts_ = 0, edits_ = 0, filled_ = 0, restored_ = 0, salvaged_ = 0,
           mismatches_ = 0;
};

}  // namespace daftar::sim
