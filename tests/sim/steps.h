// What happens in one run, as a list that is chosen before anything is executed: a seed gives the list, and any part of
// the list can be executed again by itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace daftar::sim {

// How rough the world is, in chances of 1,000 at each moment.
struct Weather {
  int edit = 250;
  int connect = 400;  // at most
  int cut = 50;
  int client_dies = 20;
  int server_dies = 15;
  int server_is_restored = 0;  // of the times that it dies
  int damage = 0;              // of a record in a replica's file
  int lie = 0;                 // of a frame on its way to a client
  int reshape = 0;             // an edit that decides which slices hold what, or retires
  int rescope = 0;             // a client wants another slice
  int expire = 0;              // the server ends what was retired for longer than its horizon
};

enum class Act {
  kTick,        // `number` milliseconds pass
  kServerDies,  // and comes back from its folder
  kBackUp,      // the server's folder is copied while it is stopped
  kRestore,     // the copy takes the place of the folder while the server is stopped
  kCommit,      // what waits for the writer is committed
  kCutChunks,   // the server cuts chunks for replicas that have nothing
  kClientDies,  // and comes back from its folder
  kEdit,        // `number` says of which record and what
  kCut,
  kConnect,
  kUp,       // the server takes the next frame of the client
  kNext,     // the server writes a frame, if it has been woken
  kDown,     // the client takes the next frame of the server
  kOutbox,   // the client looks into its outbox
  kDamage,   // a stored record of the replica is damaged and found to be; `number` says which
  kLie,      // the next frame of the server to the client is altered on its way
  kReshape,  // as kEdit
  kRescope,  // `number` says to which slice
  kExpire,   // records end, and the ends of others are forgotten
  kWork,     // the editor at the client works, in runs that have editors; `number` says what is tried first
  kSettle,   // good weather, until everybody has everything
};

// One thing that happens. It does nothing where it does not fit: a list stays a list of steps when some are taken out.
struct Step {
  Act act = Act::kTick;
  int client = 0;       // where it is about one
  uint64_t number = 0;  // what else was drawn
};

// One line for people, such as "client 1 edits incident 3".
std::string InWords(const Step& step);

// The steps of `moments` moments.
std::vector<Step> ChooseSteps(uint64_t seed, int clients, int moments, const Weather& weather);

}  // namespace daftar::sim
