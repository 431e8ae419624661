#include "tools/gen/incident_codes.h"

namespace daftar::gen {
namespace {

using Kind = v1::IncidentKind;
using Acled = v1::AcledSub;
using Ucdp = v1::UcdpType;
using Gtd = v1::GtdAttack;
using Plover = v1::PloverEvent;
using RoleOf = v1::RoleKind;

constexpr IncidentCodes kRows[] = {
    {18, Kind::CLASH, Kind::UNSET, Acled::ARMED_CLASH, Ucdp::STATE_BASED, Gtd::ARMED_ASSAULT, Plover::ASSAULT, true,
     false},
    {6, Kind::CLASH, Kind::INFILTRATION, Acled::ARMED_CLASH, Ucdp::STATE_BASED, Gtd::UNSET, Plover::ASSAULT, true,
     false},
    {3, Kind::CLASH, Kind::UNSET, Acled::ARMED_CLASH, Ucdp::NON_STATE, Gtd::UNSET, Plover::ASSAULT, true, false},
    {6, Kind::INFILTRATION, Kind::UNSET, Acled::CHANGE_TO_GROUP_ACTIVITY, Ucdp::UNSET, Gtd::UNSET, Plover::UNSET, false,
     false},
    {14, Kind::SEIZURE, Kind::UNSET, Acled::DISRUPTED_WEAPONS_USE, Ucdp::UNSET, Gtd::UNSET, Plover::COERCE, false,
     true},
    {3, Kind::CLASH, Kind::SEIZURE, Acled::ARMED_CLASH, Ucdp::STATE_BASED, Gtd::UNSET, Plover::ASSAULT, true, true},
    {7, Kind::ATTACK, Kind::UNSET, Acled::REMOTE_EXPLOSIVE_LANDMINE_IED, Ucdp::ONE_SIDED, Gtd::BOMBING_EXPLOSION,
     Plover::ASSAULT, true, false},
    {2, Kind::ATTACK, Kind::UNSET, Acled::SUICIDE_BOMB, Ucdp::ONE_SIDED, Gtd::BOMBING_EXPLOSION, Plover::ASSAULT, true,
     false},
    {3, Kind::ATTACK, Kind::UNSET, Acled::AIR_DRONE_STRIKE, Ucdp::STATE_BASED, Gtd::UNSET, Plover::ASSAULT, true,
     false},
    {4, Kind::ATTACK, Kind::UNSET, Acled::SHELLING_ARTILLERY_MISSILE_ATTACK, Ucdp::STATE_BASED, Gtd::UNSET,
     Plover::ASSAULT, true, false},
    {4, Kind::ATTACK, Kind::UNSET, Acled::ATTACK, Ucdp::ONE_SIDED, Gtd::ARMED_ASSAULT, Plover::ASSAULT, true, false},
    {2, Kind::ATTACK, Kind::UNSET, Acled::ABDUCTION_FORCED_DISAPPEARANCE, Ucdp::UNSET, Gtd::HOSTAGE_KIDNAPPING,
     Plover::COERCE, false, false, RoleOf::SIDE_A, RoleOf::VICTIM},
    {9, Kind::ARREST_OR_ID, Kind::UNSET, Acled::ARRESTS, Ucdp::UNSET, Gtd::UNSET, Plover::COERCE, false, false,
     RoleOf::SIDE_A, RoleOf::SUBJECT},
    {6, Kind::STATEMENT, Kind::UNSET, Acled::UNSET, Ucdp::UNSET, Gtd::UNSET, Plover::ACCUSE, false, false,
     RoleOf::SPEAKER, RoleOf::SUBJECT},
    {3, Kind::MEETING, Kind::UNSET, Acled::UNSET, Ucdp::UNSET, Gtd::UNSET, Plover::CONSULT, false, false,
     RoleOf::VISITOR, RoleOf::HOST},
    {2, Kind::DEPLOYMENT, Kind::UNSET, Acled::UNSET, Ucdp::UNSET, Gtd::UNSET, Plover::MOBILIZE, false, false},
    {2, Kind::EXERCISE, Kind::UNSET, Acled::UNSET, Ucdp::UNSET, Gtd::UNSET, Plover::COOPERATE, false, false},
    {1, Kind::ALERT, Kind::UNSET, Acled::UNSET, Ucdp::UNSET, Gtd::UNSET, Plover::MOBILIZE, false, false},
    {1, Kind::RECONNAISSANCE, Kind::UNSET, Acled::UNSET, Ucdp::UNSET, Gtd::UNSET, Plover::UNSET, false, false},
    {2, Kind::MOVEMENT, Kind::UNSET, Acled::CHANGE_TO_GROUP_ACTIVITY, Ucdp::UNSET, Gtd::UNSET, Plover::UNSET, false,
     false},
    {1, Kind::MEDIA_RELEASE, Kind::UNSET, Acled::UNSET, Ucdp::UNSET, Gtd::UNSET, Plover::THREATEN, false, false,
     RoleOf::SPEAKER, RoleOf::SUBJECT},
    {1, Kind::TERRITORY_CHANGE, Kind::CLASH, Acled::NON_STATE_ACTOR_OVERTAKES_TERRITORY, Ucdp::STATE_BASED, Gtd::UNSET,
     Plover::ASSAULT, true, false},
    {1, Kind::AGREEMENT, Kind::UNSET, Acled::AGREEMENT, Ucdp::UNSET, Gtd::UNSET, Plover::AGREE, false, false},
    {2, Kind::BORDER_MEASURE, Kind::UNSET, Acled::OTHER, Ucdp::UNSET, Gtd::UNSET, Plover::COERCE, false, false},
};

constexpr uint64_t SumOfWeights() {
  uint64_t sum = 0;
  for (const IncidentCodes& row : kRows) sum += row.weight;
  return sum;
}

}  // namespace

IncidentCodes SampleCodes(Prng& random) {
  uint64_t at = random.Below(SumOfWeights());
  for (const IncidentCodes& row : kRows) {
    if (at < row.weight) return row;
    at -= row.weight;
  }
  return kRows[0];
}

void SetCodes(Prng& random, const IncidentCodes& codes, v1::Incident& incident) {
  incident.add_kind(codes.kind);
  if (codes.second_kind != Kind::UNSET) incident.add_kind(codes.second_kind);
  if (random.Chance(850)) incident.set_acled(codes.acled);
  if (random.Chance(700)) incident.set_ucdp(codes.ucdp);
  if (incident.ucdp() != Ucdp::UNSET) incident.set_event_clarity(random.Chance(850) ? 1 : 2);
  if (random.Chance(800)) incident.set_gtd(codes.gtd);
  if (codes.plover != Plover::UNSET && random.Chance(300)) incident.add_plover()->set_event(codes.plover);
}

v1::Inter::Code InterOf(v1::ActorClass::Code of) {
  switch (of) {
    case v1::ActorClass::STATE:
    case v1::ActorClass::STATE_BODY:
    case v1::ActorClass::SECURITY_FORCE:
    case v1::ActorClass::OFFICE:
      return v1::Inter::STATE_FORCES;
    case v1::ActorClass::ARMED_GROUP:
      return v1::Inter::REBEL_GROUP;
    case v1::ActorClass::POLITICAL_MOVEMENT:
      return v1::Inter::POLITICAL_MILITIA;
    case v1::ActorClass::POPULATION:
      return v1::Inter::IDENTITY_MILITIA;
    case v1::ActorClass::IGO:
      return v1::Inter::EXTERNAL_OTHER_FORCES;
    default:
      return v1::Inter::CIVILIANS;
  }
}

}  // namespace daftar::gen
