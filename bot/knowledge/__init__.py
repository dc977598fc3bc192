"""Everything that Karogs can say, from nlu_data: texts in three languages, the help directory, rights."""

from bot.knowledge.directory import Country, Directory, Entry, Need, Phone
from bot.knowledge.errors import KnowledgeError
from bot.knowledge.flags import FlagText
from bot.knowledge.hours import Hours
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loading import load_knowledge
from bot.knowledge.sources import Source
from bot.knowledge.topics import Topic

__all__ = [
    "Country",
    "Directory",
    "Entry",
    "FlagText",
    "Hours",
    "Knowledge",
    "KnowledgeError",
    "Need",
    "Phone",
    "Source",
    "Topic",
    "load_knowledge",
]
