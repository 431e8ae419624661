#include "tests/sim/day.h"

#include "storage/base/random.h"
#include "tests/sim/editing.h"
#include "tests/sim/edits.h"

namespace daftar::sim {
namespace {

v1::Incident FirstOf(uint64_t number) {
  v1::Incident incident;
  incident.add_kind(v1::IncidentKind::CLASH);
  v1::Name& name = *incident.add_name();
  name.set_key(1);
  name.set_text("incident " + std::to_string(number));
  incident.set_notes("as it was found");
  for (uint64_t key = 1; key <= 2; ++key) {
    AddAccount(incident, key, "as it was told first");
    v1::Account& account = *incident.mutable_account()->rbegin();
    account.mutable_date()->set_first_day(19'000);
    account.mutable_date()->set_last_day(19'000);
    account.mutable_date()->set_precision(v1::DatePrecision::DAY);
    account.add_killed()->set_best(static_cast<double>(key));
    v1::Role& role = *account.add_role();
    role.set_actor(ActorId().str());
    role.set_kind(v1::RoleKind::SIDE_B);
  }
  v1::Comment& comment = *incident.add_comment();
  comment.set_key(1);
  comment.set_text("to be looked at");
  return incident;
}

class DayChooser {
 public:
  DayChooser(uint64_t seed, const Day& day) : random_(seed), day_(day) {
    for (int i = 0; i < day.editors; ++i) {
      left_.push_back(day.edits);
      // Some have a link nearly always, some come to a town once a week.
      online_.push_back(static_cast<int>(50 << random_.Below(5)));
    }
  }

  std::vector<Step> Choose() {
    Add(Act::kSettle);
    for (int left = day_.editors * day_.edits; left > 0;) {
      left -= ChooseEdits();
      ChooseMishaps();
      for (client_ = 0; client_ < day_.editors; ++client_) {
        if (Chance(online_[Client()])) ChooseSession();
      }
    }
    return std::move(steps_);
  }

 private:
  // A few edits of one editor in a row; how many.
  int ChooseEdits() {
    do {
      client_ = static_cast<int>(random_.Below(static_cast<uint64_t>(day_.editors)));
    } while (left_[Client()] == 0);
    const int edits = std::min(left_[Client()], static_cast<int>(1 + random_.Below(8)));
    for (int i = 0; i < edits; ++i) {
      Add(Act::kTick, random_.Below(60'000));
      Add(Act::kWork, random_.Next());
    }
    left_[Client()] -= edits;
    return edits;
  }

  void ChooseMishaps() {
    if (Chance(day_.weather.server_dies)) Add(Act::kServerDies);
    client_ = static_cast<int>(random_.Below(static_cast<uint64_t>(day_.editors)));
    if (Chance(day_.weather.client_dies)) Add(Act::kClientDies);
    if (Chance(day_.weather.cut)) Add(Act::kCut);
  }

  // A while on line, as long as it is: what waits goes up, some of what is new comes down, and the link may be cut
  // between any two frames.
  void ChooseSession() {
    Add(Act::kConnect);
    Add(Act::kOutbox);
    const uint64_t turns = 1 + random_.Below(5);
    for (uint64_t turn = 0; turn < turns; ++turn) {
      for (uint64_t up = random_.Below(30); up > 0; --up) Add(Act::kUp);
      if (random_.Below(4) != 0) Add(Act::kCommit);
      for (uint64_t down = random_.Below(40); down > 0; --down) {
        Add(Act::kNext);
        if (random_.Below(8) != 0) Add(Act::kDown);
      }
      if (Chance(day_.weather.cut)) return Add(Act::kCut);
    }
    if (random_.Below(2) == 0) Add(Act::kCut);
  }

  bool Chance(int in_thousand) { return in_thousand > 0 && static_cast<int>(random_.Below(1000)) < in_thousand; }
  void Add(Act act, uint64_t number = 0) { steps_.push_back({act, client_, number}); }
  size_t Client() const { return static_cast<size_t>(client_); }

  SeededRandom random_;
  const Day day_;
  std::vector<int> left_;    // edits, by editor
  std::vector<int> online_;  // how readily, in chances of 1,000
  int client_ = 0;
  std::vector<Step> steps_;
};

}  // namespace

Founding EditedRecords() {
  Founding founding = FirstRecords();
  for (uint64_t i = 0; i < kEditedIncidents; ++i) founding.Add(EditedIncident(i), v1::RecordKind::INCIDENT, FirstOf(i));
  return founding;
}

std::vector<Step> ChooseDay(uint64_t seed, const Day& day) { return DayChooser(seed, day).Choose(); }

}  // namespace daftar::sim
