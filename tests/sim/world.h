// A server and its clients in one process and one thread: the real engines, workstations, sessions and stores. It
// executes steps (steps.h), and tells a History what can be seen from outside.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/sync/engine.h"
#include "client/sync/workstation.h"
#include "server/core/dataset.h"
#include "server/core/session.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tests/sim/cradle.h"
#include "tests/sim/edits.h"
#include "tests/sim/folder_image.h"
#include "tests/sim/history.h"
#include "tests/sim/plant.h"
#include "tests/sim/steps.h"
#include "tests/sim/work.h"
#include "tests/temporary_folder.h"

namespace daftar::sim {

class World {
 public:
  // `plant` outlives the world, and so does `work`, if there is any. At most kMostClients clients.
  World(const Cradle& cradle, int clients, Plant& plant, Work* work = nullptr);

  // False if the step did not fit and nothing happened.
  bool Execute(const Step& step);
  // Good weather, client after client, until everything is settled.
  void Settle();
  // Everything that must hold at the end.
  void CheckEnd();

  const History& history() const { return history_; }
  bool clean() const { return history_.clean(); }

  // What happened.
  struct Counts {
    uint64_t edits = 0, cuts = 0, deaths = 0, restored = 0, repaired = 0, lies = 0, rescoped = 0, ended = 0;
  };
  const Counts& counts() const { return counts_; }

 private:
  struct Client {
    int number = 0;
    std::string folder;
    std::unique_ptr<Workstation> station;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Session> session;  // the server's side of the link
    bool awake = false;                // the session may have something to send
    std::deque<v1::ClientFrame> up;
    std::deque<v1::ServerFrame> down;
    bool doubted = false;  // its replica is damaged, or it was lied to: it may give up a session, once
    bool connected() const { return session != nullptr; }
  };

  void Found(const Cradle& cradle);
  void OpenServer();
  void StopServer();
  bool BackUp();
  bool Restore();
  void Start(Client& client);
  void Reopen(Client& client);
  void CommitPending();
  bool CutChunks();
  bool Connect(Client& client);
  bool Cut(Client& client);
  bool Up(Client& client);
  bool Next(Client& client);
  bool Down(Client& client);
  void Take(Client& client, const v1::ServerFrame& frame);
  void TakeAnswers(Client& client, StatusOr<std::vector<v1::ClientFrame>> answers);
  bool Edit(Client& client, const EditChoice& choice);
  bool DoWork(Client& client, uint64_t drawn);
  bool Rescope(Client& client, uint64_t drawn);
  bool Expire();
  bool Damage(Client& client, uint64_t drawn);
  bool Lie(Client& client);
  bool SettledAll();
  // Notes an error as a broken invariant; whether there was none.
  bool Holds(const Status& status, const std::string& what);

  Plant& plant_;
  Work* const work_;
  History history_;
  SeededRandom random_{2};  // ids and keys; what happens is not drawn from it
  FakeClock clock_{kBirthMs};
  TemporaryFolder folder_;
  std::optional<FolderImage> backup_;  // of the server's folder
  std::unique_ptr<Dataset> dataset_;
  LogStore* log_ = nullptr;  // the dataset's, below whatever is planted
  std::vector<Client> clients_;
  std::vector<Uuid> incidents_;  // all that anybody ever added
  Counts counts_;
};

}  // namespace daftar::sim
