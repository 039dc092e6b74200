"""What a crossing is, sentence by sentence: each kind with sentences that must be found and near ones that must pass.

A hit is found when its rule, or another of the same letter, marks it at least as gravely as the rule asks. A near miss
may be noted, never asked about. Sentences stand alone here, as a whole post does; all people are invented.
"""

from dataclasses import dataclass

import pytest
from tests.unit.boundary.posts import BARE, PROFESSIONAL, check, picture

from twohats.model.finding import Severity

WARN, STOP, NOTE = Severity.WARN, Severity.STOP, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of crossing: the least severity of a hit, the hits, the near misses."""

    severity: Severity
    hits: tuple[str, ...]
    near: tuple[str, ...]


KINDS = {
    "S1": Kind(
        WARN,
        (
            "My wife and I finally took that cruise.",
            "My daughter starts kindergarten Monday.",
            "My mother-in-law is driving me up the wall.",
            "Our twins turned six!",
            "Hubby made dinner.",
            "My husband and I finally repainted the hall.",
            "My son starts high school on Wednesday.",
            "Our boys turned nine this week!",
        ),
        (
            "Family therapy works.",
            "Mothers of newborns need sleep.",
            "Our group for new fathers opens in May.",
            "My colleague Dr. Ortiz and I wrote this.",
            "Couples therapy has good evidence.",
            "Fathers of toddlers need company.",
        ),
    ),
    "S2": Kind(
        WARN,
        (
            "My migraine is back.",
            "I was diagnosed with ADHD at forty.",
            "My therapist told me to slow down.",
            "Third round of IVF for us.",
            "I'm ten years sober.",
            "My asthma is back this week.",
            "I was diagnosed with endometriosis at thirty.",
            "I am six years sober today.",
        ),
        (
            "ADHD is often diagnosed late in women.",
            "Therapists need their own therapy too.",
            "Our IVF support group meets monthly.",
            "I treat migraine-related anxiety.",
            "Autism is often missed in girls.",
            "I treat insomnia after childbirth.",
        ),
    ),
    "S3": Kind(
        WARN,
        (
            "We buried Dad on Saturday.",
            "The divorce is final.",
            "I'm pregnant!",
            "I got engaged last night.",
            "Our dog died and I can't stop crying.",
            "We buried Grandma on Friday.",
            "I got married last weekend.",
            "Our cat died this morning.",
        ),
        (
            "Grief has no timetable.",
            "Divorce mediation workshop, 5 June.",
            "Pregnancy and mood: new review.",
            "The practice mourns its founder, Dr. Hale.",
            "Losing a pet can hurt as much as losing a person.",
            "Engagement in treatment rose in both arms.",
        ),
    ),
    "S4": Kind(
        NOTE,
        (
            "I'm voting for Ramirez.",
            "As a Catholic I can't accept this ruling.",
            "Anyone who backs that party needs help.",
            "Proud to march on Saturday with my church.",
            "I'm voting for Lindgren on Tuesday.",
            "As a Muslim I can't support this bill.",
        ),
        (
            "The APA opposes cuts to Medicaid.",
            "Faith can be a resource in treatment.",
            "Call your senator about the parity act.",
            "Religious trauma: a talk on 9 May.",
            "The college opposes the cut to training places.",
            "Prayer can comfort the dying.",
        ),
    ),
    "S5": Kind(
        WARN,
        (
            "Swiped right on a disaster again.",
            "Date night got steamy.",
            "Beach body selfie!",
            "Honestly, that actor can call me any time.",
            "Swiped left on forty people again.",
            "That drummer can call me any time.",
        ),
        (
            "Sex therapy and trust.",
            "Dating after loss: five questions.",
            "Body image in teens: what parents can do.",
            "Desire after illness: a guide for couples.",
            "Dating with social anxiety: a group in June.",
        ),
    ),
    "S6": Kind(
        WARN,
        (
            "Wine o'clock after that day!",
            "So hungover.",
            "Edibles and a movie tonight.",
            "Four margaritas later\u2026",
            "Gin o'clock after this week!",
            "Three martinis later\u2026",
        ),
        (
            "Alcohol use rises in December.",
            "We treat cannabis use disorder.",
            "Sober-curious? Read this.",
            "Cannabis and sleep: what we know.",
            "We treat opioid use disorder.",
        ),
    ),
    "S7": Kind(
        WARN,
        (
            "My landlord is suing me.",
            "I'm drowning in student loans.",
            "Just got a speeding ticket.",
            "My ex owes me child support.",
            "My ex is suing me.",
            "I'm drowning in credit card debt.",
            "Just got a parking ticket.",
        ),
        (
            "Student debt harms early-career psychologists.",
            "Our fee is $150.",
            "Custody evaluations: what to expect.",
            "Our sliding scale starts at $60.",
            "Debt and depression: a review.",
        ),
    ),
    "S8": Kind(
        WARN,
        (
            "Come by, 14 Larch Road, the blue house.",
            "Off to Maui till the 9th, house is empty!",
            "I run the lake path at six every morning.",
            "Kids are at Hillside Elementary.",
            "At the Corner Bar right now.",
            "At the Copper Kettle right now, come and say hello.",
            "Outside the Odeon as we speak.",
            "Right now at the Saturday market.",
            "At a tiny ramen place right now!",
            "Off to Madeira till the 20th, the house is empty.",
        ),
        (
            "Our new office is at 12 Elm St.",
            "Office closed 3-9 July.",
            "The workshop is at Hillside Library.",
            "Group meets Tuesdays at six.",
            "At the heart of good care right now: time.",
            "At the conference in Leeds right now, stand 12.",
            "At the moment our list is full.",
            "The open day is on at the clinic right now.",
        ),
    ),
    "S9": Kind(
        STOP,
        (
            "Text my cell 555-0142.",
            "Write me at jamiefun@example.com.",
            "Snap me: jam_lee.",
            "Text my mobile 07700 900142.",
            "You can reach me at otter.lark@example.net.",
            "E-mail me at larkandotter@moth.example over the weekend.",
            "Drop me a line at otterfun@moth.example.",
            "My cell: 555-010-0142.",
        ),
        (
            "Call the office: 555-0100.",
            "intake@example-practice.com",
            "Write to me at intake@larchstreet.example.",
            "E-mail me at office@larchstreet.example.",
            "You can reach me at info@lowtide.example.",
            "E-mail me at lee@larch-counselling.example.",
            "You can reach me at r.lee@larch-practice.example.",
            "Write to the editors at board@journal.example.",
        ),
    ),
    "S10": Kind(
        WARN,
        (
            "Worst day ever, I'm so done.",
            "If one more person cancels I'll scream.",
            "I hate Mondays and everyone in them.",
            "Crying in my car at lunch.",
            "People are exhausting.",
            "Worst week ever, I'm so done.",
            "Crying in the stairwell at lunch.",
        ),
        (
            "Burnout in clinicians: signs.",
            "Mondays can be hard; three small steps.",
            "Waiting lists exhaust families.",
            "Anger is often grief in a coat.",
            "Compassion fatigue: four signs.",
        ),
    ),
    "S11": Kind(
        NOTE,
        (
            "Look at my sourdough!",
            "Best concert of my life.",
            "My cat is my co-therapist.",
            "Marathon number three done.",
            "Look at my tomatoes!",
            "Best gig of my life.",
        ),
        (
            "Hobbies protect against burnout.",
            "Our therapy dog Bo is certified.",
            "Join the NAMI walk with our team.",
            "Gardening groups lift mood.",
            "Our therapy cat Juno is on leave.",
        ),
    ),
    "C1": Kind(
        STOP,
        (
            "Congrats to my client Maria Delgado!",
            "J.T. finally slept, proud of him.",
            "Patient ID 448812 no-showed.",
            "DOB 4/12/1988, first visit.",
            "Congrats to my patient Owen Marsh!",
            "R.K. finally ate, proud of her.",
            "Client ID 771904 no-showed.",
            "DOB 11/2/1979, second visit.",
        ),
        (
            "Dr. Maria Delgado joins us.",
            "Maria Delgado's book on trauma is out.",
            "NPI 1234567893",
            "Born in 1888, Horney's contemporary\u2026",
            "Dr. Owen Marsh leads the group.",
            "Owen Marsh's talk on shame is online.",
            "Here is Sam's thank-you card",  # no picture, so nobody sees the card
        ),
    ),
    "C2": Kind(
        STOP,
        (
            "A client told me today that she wants to leave him.",
            "In session this morning a man cried about his son.",
            "My 3 o'clock said the funniest thing.",
            "Had a patient yesterday who eats only beige food.",
            "One of my teens just came out to me.",
            "My 4pm told the saddest joke.",
            "My Tuesday 10am asked whether I ever sleep.",
            "Today's two o'clock wept through the whole hour.",
            "My one o'clock finally laughed.",
            "One of my clients just moved out.",
            "A patient told me yesterday that he wants to stop.",
        ),
        (
            "Clients often tell me they fear the first session.",
            "In a first session we go over goals.",
            "Patients say waiting is hardest (Smith, 2021).",
            "What to tell your therapist.",
            "My 3pm talk is in the main hall.",
            "My 2pm slot opened up.",
            "My 10:30 webinar asked one question only.",
            "What to ask before a first session.",
        ),
    ),
    "C3": Kind(
        WARN,
        (
            "A 34-year-old firefighter from Westbrook with selective mutism.",
            "Saw a teacher from the middle school, panic attacks since the fire.",
            "Elderly twin, rare dementia, our little town.",
            "Mother of quadruplets, postpartum psychosis, last week.",
            "A 52-year-old beekeeper from Marlow with narcolepsy.",
            "Father of triplets, rare psychosis, last month.",
        ),
        (
            "Firefighters have high PTSD rates.",
            "A 2019 study of 34-year-olds.",
            "Selective mutism starts before five.",
            "Talk for teachers at Westbrook Library.",
            "Farmers have high suicide rates.",
            "Narcolepsy often starts in the teens.",
        ),
    ),
    "C4": Kind(
        WARN,
        (
            "My Tuesday 4pm cancelled again.",
            "Two admissions at Mercy last night.",
            "Home visit on Oak Lane today.",
            "First couple of the day was a mess.",
            "My Friday 9am cancelled again.",
            "Three admissions at Larchmont last night.",
            "Home visit on Quay Street today.",
        ),
        (
            "Groups run Tuesdays at 4.",
            "Mercy hired three psychologists.",
            "Book a Tuesday slot.",
            "The choir meets Fridays at 9.",
            "Larchmont opened a day clinic.",
        ),
    ),
    "C5": Kind(
        STOP,
        (
            "Thanks for coming in last week, Tom!",
            "Sorry your sessions with us felt rushed.",
            "@lena see you Thursday :)",
            "As your therapist I must disagree with this review.",
            "You missed two appointments, that is why we charged you.",
            "Thanks for coming in on Monday, Ida!",
            "As your doctor I must disagree with this review.",
            "You missed three sessions, that is why we charged you.",
        ),
        (
            "We welcome feedback; please call the office.",
            "Privacy rules keep us from replying in detail.",
            "Thanks to everyone who came to the open day.",
            "Thanks to all who came to the lecture.",
            "We read every comment; please write to the office.",
        ),
    ),
    "C6": Kind(
        STOP,
        (
            "Her mum rang me screaming.",
            "The dad in my custody case is a narcissist.",
            "A ten-year-old taught me about courage today.",
            "My couple from Monday split up.",
            "His mother rang me crying.",
            "The mother in my custody case is a liar.",
            "A six-year-old taught me about patience today.",
        ),
        (
            "Parents may call us with questions.",
            "Narcissism is overused online.",
            "Ten-year-olds can learn CBT skills.",
            "Parents may wait in the hall.",
            "Six-year-olds can name feelings.",
        ),
    ),
    "C7": Kind(
        WARN,
        (
            "I once had a client, let's call her Ann\u2026",
            "Names changed, but this is how he told me.",
            "Case: 29F, GAD, three years with me.",
            "A former patient's letter, shared with love.",
            "I once had a patient, let's call him Ben\u2026",
            "Case: 41M, OCD, two years with me.",
        ),
        (
            "Composite example, no real person: a woman fears the bridge.",
            "Freud's Dora was eighteen when she left treatment.",
            "In the film, the therapist tells everyone everything.",
            "Composite example, no real person: a man counts tiles.",
            "In the novel, the analyst falls asleep.",
        ),
    ),
    "C8": Kind(
        STOP,
        (
            "S: reports low mood O: \u2026 A: \u2026 P: \u2026",
            "S: client reports poor sleep. O: flat affect. A: depression. P: weekly sessions.",
            "S: denies SI.\nO: tearful, oriented.\nA: adjustment disorder.\nP: review in two weeks.",
            "Subjective: feels low. Objective: tearful. Assessment: grief. Plan: see in a week.",
            "D: client reports less worry. A: anxiety improving. P: continue CBT.",
            "Progress note 3/6: patient reports less craving.",
            "Invoice for Anna Prior, two sessions, unpaid.",
            "Mon 9 Farraday (EMDR), 10 the Koroms (couple).",
        ),
        (
            "A blank form template is on the website.",
            "How to write a SOAP note.",
            "S: subjective. O: objective. A: assessment. P: plan.",
            "S: what they tell you. O: what you see. A: what you think. P: what comes next.",
            "S: stop. O: observe. B: breathe. E: expand. R: respond.",
            "Q: do you take insurance? A: yes, several plans.",
        ),
    ),
    "T1": Kind(
        WARN,
        (
            "My son Leo, 7, has dyslexia.",
            "My sister's rehab.",
            "Dad's dementia diagnosis.",
            "Emma's school is Hillside.",
            "My daughter Ida, 9, has epilepsy.",
            "My brother's bankruptcy.",
        ),
        (
            "Dyslexia and reading age.",
            "Caring for parents: a guide.",
            "Our speaker Leo Hart.",
            "Epilepsy and school: a guide.",
            "Our speaker Ida Holm.",
        ),
    ),
    "T2": Kind(
        STOP,
        (
            "My intern botched an intake.",
            "One participant fainted in our study.",
            "Grading the worst essay, by Kim.",
            "My supervisee is anxious and it shows.",
            "My trainee botched a report.",
            "One participant cried in our study.",
            "My supervisee is lazy and it shows.",
        ),
        (
            "Our interns graduated, congratulations!",
            "40 participants completed the trial.",
            "Supervision slots open.",
            "Our trainees presented at the congress.",
            "120 participants took part.",
        ),
    ),
    "T3": Kind(
        NOTE,
        (
            "Everyone at group tonight!",
            "Look who came to the waiting room.",
            "My neighbour's meltdown.",
            "Everyone at group this morning!",
            "Look who came to the clinic.",
            "My neighbour's affair.",
        ),
        (
            "Conference photo: the speakers on stage.",
            "Meet our team: Ida, Owen and Leo.",
            "The panel after the talk.",
        ),
    ),
    "D1": Kind(
        STOP,
        (
            "Happy clients, please review us on Google!",
            "Share how I changed your life in the comments.",
            "Leave us five stars, get a free session.",
            "Tag me if I helped you.",
            "Dear patients, please rate us on Google!",
            "Tag us if we helped you.",
        ),
        (
            "Read our policy on reviews.",
            "Rate this podcast episode.",
            "Workshop feedback form for attendees.",
            "Why we do not ask for reviews.",
            "Rate your mood each evening.",
        ),
    ),
    "D2": Kind(
        WARN,
        (
            "@ravi stop taking it, you don't need it.",
            "From what you write you have BPD.",
            "You should leave him tonight.",
            "Double the dose and see.",
            "From what you write you have OCD.",
            "You should leave her tonight.",
        ),
        (
            "If you think of stopping a medicine, ask your prescriber.",
            "Signs to discuss with a clinician.",
            "In a crisis, call your local line.",
            "If you think of changing a dose, ask your doctor.",
            "Questions to take to your prescriber.",
        ),
    ),
    "D3": Kind(
        WARN,
        (
            "Clients, add me on Facebook!",
            "DM me your story.",
            "WhatsApp me any time, day or night.",
            "Let's be friends here.",
            "Patients, add me on Snapchat!",
            "Message me any time, day or night.",
        ),
        (
            "Please do not use messages for appointments; call the office.",
            "Colleagues, connect with me on LinkedIn.",
            "Follow the practice page.",
            "Please do not send health questions by message.",
            "Follow the clinic page for closures.",
        ),
    ),
    "D4": Kind(
        WARN,
        (
            "My clinic director is a clown.",
            "Dr. Ames is a quack.",
            "This hospital hates its staff.",
            "Blue-whatever reviewers are idiots.",
            "My practice manager is a clown.",
            "Dr. Brandt is a fraud.",
        ),
        (
            "Prior authorisation delays care; here are data.",
            "I disagree with Ames (2020) on method.",
            "Unions improve retention.",
            "I disagree with Brandt (2018) on dose.",
            "Staff shortages delay care.",
        ),
    ),
    "D5": Kind(
        WARN,
        (
            "Guaranteed anxiety-free in four sessions.",
            "The best psychologist in Ohio.",
            "Cures PTSD.",
            "100 % success.",
            "Heals trauma for good.",
            "Hypnosis cures insomnia!",
            "This method eliminates panic attacks.",
            "Anxiety gone in three weeks.",
            "The best therapist in Leeds.",
        ),
        (
            "Most people improve in trials.",
            "Evidence-based care for PTSD.",
            "Nothing cures grief.",
            "No pill cures loneliness.",
            "Does hypnosis cure insomnia?",
            "Time heals, people say, and it helps to have company.",
        ),
    ),
    "D6": Kind(
        NOTE,
        (
            "Use my code CALM20.",
            "Loving this app they sent me.",
            "Use my code SLEEP15.",
            "Loving this lamp they sent me.",
        ),
        ("Ad: paid partnership.", "I was paid for this talk.", "Ad: this post is paid for."),
    ),
    "D7": Kind(
        WARN,
        (
            "Borderlines are the worst.",
            "Psycho ward bingo.",
            "Another frequent flyer.",
            "Crazy cat-lady patient type.",
            "Addicts are the worst.",
        ),
        (
            "Stigma around BPD hurts care.",
            "Why we do not say 'frequent flyer'.",
            "Stigma around addiction delays care.",
        ),
    ),
    "D8": Kind(
        WARN,
        (
            "The senator is a textbook narcissist.",
            "That singer is clearly bipolar.",
            "He has dementia, trust me, I'm a doctor.",
            "The minister is a textbook psychopath.",
            "That actor is clearly autistic.",
        ),
        (
            "What narcissistic traits are.",
            "The senator spoke about her own depression.",
            "The minister spoke about his own anxiety.",
        ),
    ),
}
PICTURED = {  # words beside a picture, the words of a picture, and the name of its file
    "C1": (
        dict(text="Here is Sam's thank-you card", media=(picture(),)),
        dict(text="A goodbye letter from little Nadia.", media=(picture(),)),
        dict(text="New on the wall.", media=(picture("Thank-you card from Tariq"),)),
        dict(text="Look at Ruby's drawing, made in our last session.", media=(picture(),)),
    ),
    "C8": (
        dict(media=(picture("My desk with an intake form"),)),
        dict(media=(picture("A progress note and a cup of tea"),)),
        dict(media=(picture("The schedule behind me"),)),
        dict(media=(picture("Our whiteboard after the round"),)),
        dict(media=(picture("The handover sheet and a pen"),)),
    ),
    "S12": (
        dict(text="Back on Monday.", media=(picture("", "smith-family-beach.jpg"),)),
        dict(text="Back on Monday.", media=(picture("My wife and our twins on the beach", "1.jpg"),)),
    ),
    "T3": (dict(text="Everyone at group tonight!", media=(picture(),)),),
}
PICTURED_NEAR = (
    dict(text="A thank-you card for our colleague Sam.", media=(picture(),)),
    dict(text="Valentine's card workshop on Friday.", media=(picture(),)),
    dict(text="Our logo, drawn new.", media=(picture("The logo of the practice", "logo.png"),)),
    dict(text="New chart.", media=(picture("A bar chart of waiting times", "chart.png"),)),
    dict(text="Out now.", media=(picture("The cover of the book", "cover.jpg"),)),
    dict(text="Monet's painting hangs in the museum again.", media=(picture(),)),
)


@pytest.mark.parametrize("rule", KINDS)
def test_a_crossing_is_found_and_as_grave_as_its_rule(rule):
    assert [text for text in KINDS[rule].hits if _gravest(rule, text=text) < KINDS[rule].severity] == []


@pytest.mark.parametrize("rule", KINDS)
def test_what_is_near_a_crossing_is_not_asked_about(rule):
    asked = {
        text: [(finding.rule, finding.words) for finding in check(text, PROFESSIONAL).findings]
        for text in KINDS[rule].near
        if any(finding.severity >= WARN for finding in check(text, PROFESSIONAL).findings)
    }
    assert not asked


@pytest.mark.parametrize("rule", PICTURED)
def test_a_picture_makes_the_crossing(rule):
    least = WARN if rule == "S12" else STOP
    assert [post for post in PICTURED[rule] if _gravest(rule, **post) < least] == []


@pytest.mark.parametrize("post", PICTURED_NEAR)
def test_an_ordinary_picture_is_not_asked_about(post):
    assert all(finding.severity < WARN for finding in check(identity=BARE, **post).findings)


def test_an_hour_that_speaks_is_talk_from_the_session_and_one_that_is_cancelled_is_a_time_of_care():
    assert [finding.rule for finding in check("My 3 o'clock said the funniest thing.").findings] == ["C2"]
    assert [finding.rule for finding in check("My 3 o'clock cancelled again.").findings] == ["C4"]


def _gravest(rule: str, **post: object) -> Severity:
    found = check(**{"text": "", "identity": BARE} | post).findings
    return max((finding.severity for finding in found if finding.rule[0] == rule[0]), default=Severity.SILENT)
