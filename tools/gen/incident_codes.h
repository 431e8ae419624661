// How incidents are coded: kinds with the ACLED, UCDP and GTD codes that go with them.
#pragma once

#include "daftar/v1/records.pb.h"
#include "tools/gen/prng.h"

namespace daftar::gen {

// A row of the joint distribution.
struct IncidentCodes {
  unsigned weight = 0;
  v1::IncidentKind::Code kind = v1::IncidentKind::UNSET;
  v1::IncidentKind::Code second_kind = v1::IncidentKind::UNSET;  // UNSET: none
  v1::AcledSub::Code acled = v1::AcledSub::UNSET;
  v1::UcdpType::Code ucdp = v1::UcdpType::UNSET;
  v1::GtdAttack::Code gtd = v1::GtdAttack::UNSET;
  v1::PloverEvent::Code plover = v1::PloverEvent::UNSET;
  bool violent = false;  // people may be killed or wounded
  bool seizes = false;
  v1::RoleKind::Code first_role = v1::RoleKind::SIDE_A;
  v1::RoleKind::Code second_role = v1::RoleKind::SIDE_B;
};

IncidentCodes SampleCodes(Prng& random);
// Puts the codes into the record; some incidents are not coded in every system.
void SetCodes(Prng& random, const IncidentCodes& codes, v1::Incident& incident);
// ACLED's inter code of an actor of that class.
v1::Inter::Code InterOf(v1::ActorClass::Code of);

}  // namespace daftar::gen
