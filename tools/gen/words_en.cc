#include "tools/gen/word_lists_of.h"

namespace daftar::gen {

constexpr const WordList kEnglishWords = {
    .tag = "en",
    .words = R"(the of in and to a on by that from were was with at for near it an as had after into
border district police militants security forces group attack killed armed guards officers officials province reported village local two three
their his they who said not been is which but one night area during against weapons patrol wounded arrested four soldiers people between
seized army government ministry troops clash crossed men authorities residents ammunition river fighters commander several operation post
state Taliban Tajik Afghan side over more than about five also no this before when under fire all ten other some its would will have has are
attacked detained exchange statement road according members six narcotics drugs opium heroin vehicle rifles grenades explosives mine bomb
explosion checkpoint convoy ambush gunmen shelling drone strike mortar rocket base camp mountain valley bridge market school mosque house
family women children civilians injured dead bodies hospital prison court trial sentence prosecutor investigation suspect suspects criminal
case terrorism extremism recruitment propaganda video message channel leader deputy member cell network smuggling smugglers traffickers route
pass gorge island meadow slope forest field farm livestock shepherds traders drivers teachers doctors elders council governor mayor minister
president embassy ambassador delegation visit meeting talks agreement treaty ceasefire negotiations mediation withdrawal deployment exercise
training reinforcement reinforcements helicopter aircraft artillery tank armoured column battalion brigade detachment unit outpost tower fence
trench tunnel crossing ferry boat raft ford bank water dam canal dispute land pasture conflict tension calm situation alert level highest
raised measures curfew closure opening trade customs inspection search raid house-to-house sweep cache depot warehouse hidden buried found
discovered destroyed burned looted damaged captured surrendered fled escaped returned pursued surrounded blocked repelled stopped prevented
opened closed moved arrived left entered joined formed founded split merged pledged claimed denied confirmed rejected warned accused demanded
threatened announced published released broadcast interviewed quoted told wrote noted added stressed early late morning evening dawn dusk
yesterday week month year winter spring summer autumn Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April
May June July August September October November December first second third last new former young old foreign regional national international
northern southern eastern western central remote mountainous large small heavy light unknown unidentified masked wanted alleged possible
serious minor least most many few dozens hundreds thousands kilometres metres hours minutes days kilograms rounds magazines pistols carbines
binoculars radios phones documents passports money cash medicine uniforms flags leaflets books sniper machine gun launcher detonator
control device suicide bomber vest hostage kidnapping ransom murder assassination execution beheading torture violence protest demonstration
riot crowd stones tear gas shots warning air wound head leg doctor ambulance burial relatives refugees displaced shelter aid food humanitarian
organisation mission observers analysts experts journalists sources witnesses witness version cause reason result response revenge loss losses
casualties survivors prisoner prisoners exchange-point liaison hotline protocol commission demarcation line zone sector segment checkpointing
intelligence surveillance reconnaissance camera thermal sensor patrols guard shift barracks duty order decree law amendment fine tax fee budget
electricity power plant mine-clearing deminers quarry gold gemstones timber fuel tanker railway station airport flight container cargo lorry)",
    .collocations = R"(exchange of fire
border guard detachment
on the night of
state committee for national security
crossed the river
opened fire on
a cache of weapons
improvised explosive device
according to local residents
was taken to hospital
the ministry of internal affairs
claimed responsibility for the attack
a large quantity of ammunition
machine gun and grenades
armed with assault rifles
fled across the border
under cover of darkness
two border guards were killed
a criminal case was opened
remote mountain district
suspected members of the group
humanitarian aid convoy
press service of the ministry
warning shots in the air
returned to their base
drug smugglers from the other bank
joint counter-terrorism exercise
the situation remains calm
reinforcements were sent
house to house search)",
    .onsets = "b br c ch d dr f fl g gr h j k kl l m n p pl pr qu r s sh sk st t th tr v w y z",
    .vowels = "a e i o u ai ea ou",
    .codas = "- - - n r l s m t nd rt st ck",
    .endings = "- - - s ed ing er ers ly tion al ment"};

}  // namespace daftar::gen
