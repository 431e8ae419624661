#include "tests/sim/steps.h"

#include "storage/base/random.h"
#include "tests/sim/editing.h"
#include "tests/sim/edits.h"

namespace daftar::sim {
namespace {

class Chooser {
 public:
  Chooser(uint64_t seed, int clients, const Weather& weather) : random_(seed), clients_(clients), weather_(weather) {
    cuts_chunks_ = random_.Below(2) == 0;
    connect_ = weather.connect / static_cast<int>(1 + random_.Below(8));
  }

  void ChooseMoment() {
    Add(Act::kTick, random_.Below(1000));
    if (Chance(weather_.server_dies)) ChooseDeath();
    if (random_.Below(3) == 0) Add(Act::kCommit);
    if (Chance(weather_.expire)) Add(Act::kExpire);
    if (cuts_chunks_ && random_.Below(20) == 0) Add(Act::kCutChunks);
    client_ = static_cast<int>(random_.Below(static_cast<uint64_t>(clients_)));
    if (Chance(weather_.client_dies)) Add(Act::kClientDies);
    if (Chance(weather_.damage)) Add(Act::kDamage, random_.Below(1000));
    if (Chance(weather_.edit)) Add(Act::kEdit, random_.Next());
    if (Chance(weather_.reshape)) Add(Act::kReshape, random_.Next());
    if (Chance(weather_.rescope)) Add(Act::kRescope, random_.Below(1000));
    if (Chance(weather_.cut)) Add(Act::kCut);
    if (Chance(connect_)) Add(Act::kConnect);
    for (int frame = 0; frame < 4; ++frame) {
      if (Chance(weather_.lie)) Add(Act::kLie);
      constexpr Act kWays[] = {Act::kUp, Act::kNext, Act::kDown, Act::kOutbox};
      Add(kWays[random_.Below(4)]);
    }
  }

  std::vector<Step> Take() { return std::move(steps_); }

 private:
  void ChooseDeath() {
    if (weather_.server_is_restored > 0) {
      if (Chance(weather_.server_is_restored)) {
        return Add(Act::kRestore);
      }
      if (random_.Below(2) == 0) return Add(Act::kBackUp);
    }
    Add(Act::kServerDies);
  }
  // What never happens draws nothing, so that a weather's seeds stay what they were.
  bool Chance(int in_thousand) { return in_thousand > 0 && static_cast<int>(random_.Below(1000)) < in_thousand; }
  void Add(Act act, uint64_t number = 0) { steps_.push_back({act, client_, number}); }

  SeededRandom random_;
  const int clients_;
  const Weather weather_;
  bool cuts_chunks_ = false;
  int connect_ = 0;  // in some runs clients stay away for long, and much waits for them
  int client_ = 0;
  std::vector<Step> steps_;
};

}  // namespace

std::string InWords(const Step& step) {
  const std::string client = "client " + std::to_string(step.client);
  switch (step.act) {
    case Act::kTick:
      return std::to_string(step.number) + " ms pass";
    case Act::kServerDies:
      return "the server dies and comes back";
    case Act::kBackUp:
      return "the server is stopped, its folder is backed up, and it comes back";
    case Act::kRestore:
      return "the server is stopped and comes back from the backup";
    case Act::kCommit:
      return "the server commits what waits";
    case Act::kCutChunks:
      return "the server cuts chunks";
    case Act::kClientDies:
      return client + " dies and comes back";
    case Act::kEdit:
      return client + " " + ChooseEdit(step.number).InWords();
    case Act::kCut:
      return "the link of " + client + " is cut";
    case Act::kConnect:
      return client + " connects";
    case Act::kUp:
      return "the server takes a frame of " + client;
    case Act::kNext:
      return "the server writes a frame to " + client;
    case Act::kDown:
      return client + " takes a frame";
    case Act::kOutbox:
      return client + " looks into its outbox";
    case Act::kDamage:
      return "a record in the file of " + client + " is damaged, and a check finds it";
    case Act::kLie:
      return "a frame on its way to " + client + " is altered";
    case Act::kReshape:
      return client + " " + ChooseReshaping(step.number).InWords();
    case Act::kRescope:
      return client + " wants " + InWords(ChooseSlice(step.number));
    case Act::kExpire:
      return "what was retired for long enough ends, and older ends are forgotten";
    case Act::kWork:
      return "the editor at " + client + " " + InWords(ChooseDoing(step.number));
    case Act::kSettle:
      return "all sync until nothing is left to send";
  }
  return "nothing";
}

std::vector<Step> ChooseSteps(uint64_t seed, int clients, int moments, const Weather& weather) {
  Chooser chooser(seed, clients, weather);
  for (int moment = 0; moment < moments; ++moment) chooser.ChooseMoment();
  return chooser.Take();
}

}  // namespace daftar::sim
